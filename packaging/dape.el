;; SPDX-License-Identifier: MIT
;; Luaheat for Emacs' dape: a part of init.el.

(with-eval-after-load 'dape
  (add-to-list
   'dape-configs
   '(luaheat
     modes (lua-mode lua-ts-mode)
     ensure dape-ensure-command
     command "luaheat"
     command-args ("dap")
     command-cwd dape-command-cwd
     :type "luaheat"
     :request "launch"
     :cwd dape-cwd
     :program dape-buffer-default))
  (add-to-list
   'dape-configs
   '(luaheat-attach
     modes (lua-mode lua-ts-mode)
     ensure dape-ensure-command
     command "luaheat"
     command-args ("dap")
     command-cwd dape-command-cwd
     :type "luaheat"
     :request "attach"
     :processId (read-number (concat (shell-command-to-string "luaheat ps") "Process: ")))))

;; SPDX-License-Identifier: MIT
;; Luaheat for Emacs' dap-mode: a part of init.el.

(require 'dap-mode)
(require 'dap-ui) ; without it dap-mode waits for ever when a session starts
(dap-register-debug-provider
 "luaheat"
 (lambda (configuration)
   (unless (plist-get configuration :debugServer)
     (dap--put-if-absent configuration :dap-server-path '("luaheat" "dap")))
   (if (equal (plist-get configuration :request) "launch")
       (dap--put-if-absent configuration :program (buffer-file-name))
     (unless (or (plist-get configuration :socket) (plist-get configuration :doorName))
       (dap--put-if-absent configuration :processId
                           (read-number (concat (shell-command-to-string "luaheat ps") "Process: ")))))
   (dap--put-if-absent configuration :cwd (file-name-directory (buffer-file-name)))))
(dap-register-debug-template
 "Debug this file" (list :type "luaheat" :request "launch" :name "Debug this file"))
(dap-register-debug-template
 "Attach" (list :type "luaheat" :request "attach" :name "Attach"))
;; What is for other clients is no news.
(cl-defmethod dap-handle-event ((_event (eql luaheat/heat)) _session _body))
(cl-defmethod dap-handle-event ((_event (eql process)) _session _body))

;; SPDX-License-Identifier: MIT
;; Luaheat for Emacs' dap-mode: a part of init.el.

(require 'dap-mode)
(require 'dap-ui) ; without it dap-mode waits for ever when a session starts
(dap-register-debug-provider
 "luaheat"
 (lambda (configuration)
   (dap--put-if-absent configuration :dap-server-path '("luaheat" "dap"))
   (dap--put-if-absent configuration :program (buffer-file-name))
   (dap--put-if-absent configuration :cwd (file-name-directory (buffer-file-name)))))
(dap-register-debug-template
 "Debug this file" (list :type "luaheat" :request "launch" :name "Debug this file"))
;; What is for other clients is no news.
(cl-defmethod dap-handle-event ((_event (eql luaheat/heat)) _session _body))
(cl-defmethod dap-handle-event ((_event (eql process)) _session _body))

;; SPDX-License-Identifier: MIT
;; A session with Emacs' dap-mode, told in batch: breakpoint, step, variables, evaluate, a request of ours.
;; usage: CONFIGURATION=... FIXTURE=... LINE=... SCRATCH=... emacs --batch -l dap_mode.el, with luaheat in the PATH
;; Prints a line per fact; the test reads them.

(setq user-emacs-directory (file-name-as-directory (getenv "SCRATCH"))
      lsp-session-file (expand-file-name "lsp" user-emacs-directory)
      dap-breakpoints-file (expand-file-name "breakpoints" user-emacs-directory)
      dap-auto-configure-features nil
      ring-bell-function #'ignore
      enable-local-variables nil)
(package-initialize)
(require 'dap-mode)
(defvar dap-exception-breakpoints nil) ; of its windows, which a batch has not

(defvar stops 0)
(add-hook 'dap-stopped-hook (lambda (_session) (setq stops (1+ stops))))

(defun wait-for (what condition)
  "Waits until CONDITION holds; gives up on WHAT after 10 seconds."
  (with-timeout (10 (princ (format "waited in vain for %s\n" what)) (kill-emacs 1))
    (while (not (funcall condition)) (accept-process-output nil 0.01))))

(defun tell (name value) (princ (format "%s %s\n" name value)))

(defun frame-of (session number)
  "The frame that SESSION shows after stop NUMBER."
  (wait-for "a stop" (lambda () (and (>= stops number) (dap--debug-session-active-frame session))))
  (dap--debug-session-active-frame session))

(defun tell-line (session number)
  (tell "line" (gethash "line" (frame-of session number))))

(find-file (getenv "FIXTURE"))
(goto-char (point-min))
(forward-line (1- (string-to-number (getenv "LINE"))))
(dap-breakpoint-add)
(load (getenv "CONFIGURATION") nil t)
(dap-debug (cdr (assoc "Debug this file" dap-debug-template-configurations)))
(let ((session (dap--cur-session)))
  (tell-line session 1)
  (dap-next session)
  (tell-line session 2)
  (let* ((frame (gethash "id" (frame-of session 2)))
         (scopes (gethash "scopes" (dap-request session "scopes" :frameId frame)))
         (reference (gethash "variablesReference" (seq-elt scopes 0)))
         (variables (gethash "variables" (dap-request session "variables" :variablesReference reference))))
    (seq-doseq (variable variables)
      (tell "variable" (format "%s = %s" (gethash "name" variable) (gethash "value" variable))))
    (tell "result" (gethash "result" (dap-request session "evaluate" :expression "n + 41" :frameId frame :context "repl")))
    (tell "total" (gethash "total" (dap-request session "luaheat/lines" :limit 1))))
  (dap-breakpoint-delete-all)
  (dap-continue session (dap--debug-session-thread-id session))
  (wait-for "the end" (lambda () (not (dap--session-running session))))
  (tell "the" "end"))

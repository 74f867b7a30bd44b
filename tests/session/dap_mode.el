;; SPDX-License-Identifier: MIT
;; A session with Emacs' dap-mode in a terminal, told as a user has it: breakpoint, step, variables, evaluate, a request of ours.
;; usage: FACTS=... NAME=... FIXTURE=... LINE=... FOLDER=... PROCESS=... SCRATCH=... emacs -nw -q -l CONFIGURATION -l dap_mode.el,
;; with luaheat in the PATH. NAME is a template's, PROCESS what is typed if it asks, FOLDER an expression.
;; Writes a line per fact; the test reads them.

(setq lsp-session-file (expand-file-name "lsp" (getenv "SCRATCH"))
      dap-breakpoints-file (expand-file-name "breakpoints" (getenv "SCRATCH"))
      ring-bell-function #'ignore
      enable-local-variables nil
      create-lockfiles nil)

(defvar stops 0)
(add-hook 'dap-stopped-hook (lambda (_session) (setq stops (1+ stops))))

(defun tell (name value)
  (let ((inhibit-message t)) (write-region (format "%s %s\n" name value) nil (getenv "FACTS") t)))

(defun wait-for (what condition)
  "Waits until CONDITION holds; gives up on WHAT after 20 seconds."
  (with-timeout (20 (error "waited in vain for %s" what))
    (while (not (funcall condition)) (accept-process-output nil 0.01))))

(defun frame-of (session number)
  "The frame that SESSION shows after stop NUMBER."
  (wait-for "a stop" (lambda () (and (>= stops number) (dap--debug-session-active-frame session))))
  (dap--debug-session-active-frame session))

(defun tell-line (session number)
  (let ((frame (frame-of session number)))
    (tell "file" (gethash "path" (gethash "source" frame)))
    (tell "line" (gethash "line" frame))))

(defun tell-variables (session frame)
  (let* ((scopes (gethash "scopes" (dap-request session "scopes" :frameId frame)))
         (reference (gethash "variablesReference" (seq-elt scopes 0))))
    (seq-doseq (variable (gethash "variables" (dap-request session "variables" :variablesReference reference)))
      (tell "variable" (format "%s = %s" (gethash "name" variable) (gethash "value" variable))))))

(defun result-of (session frame expression)
  (gethash "result" (dap-request session "evaluate" :expression expression :frameId frame :context "repl")))

(defun tell-heat (session)
  "What has been drawn, beside what the lines have grown by."
  (wait-for "heat" (lambda () (seq-some (lambda (overlay) (overlay-get overlay 'luaheat)) (overlays-in (point-min) (point-max)))))
  (dolist (overlay (overlays-in (point-min) (point-max)))
    (when (overlay-get overlay 'luaheat)
      (tell "heat" (format "%d %s" (line-number-at-pos (overlay-start overlay)) (string-trim (overlay-get overlay 'after-string))))))
  (let ((lines (dap-request session "luaheat/lines" :source (list :path (buffer-file-name)))))
    (seq-doseq (row (gethash "rows" (seq-elt (gethash "sources" lines) 0)))
      (tell "grown" (format "%d %d" (seq-elt row 0) (seq-elt row 5))))))

(defun leave (session)
  "An attached program runs on; a launched one to its end."
  (if (equal (plist-get (dap--debug-session-launch-args session) :request) "attach")
      (dap-disconnect session)
    (dap-breakpoint-delete-all)
    (dap-continue session (dap--debug-session-thread-id session)))
  (wait-for "the end" (lambda () (not (dap--session-running session))))
  (tell "the" "end"))

(defun begin ()
  "By the keys that a user presses."
  (let* ((keys (lambda (text) (replace-regexp-in-string " " " C-q SPC " text)))
         (process (getenv "PROCESS"))
         (typed (if (string= process "") "" (concat (mapconcat #'char-to-string process " ") " RET"))))
    (execute-kbd-macro (kbd (format "M-x dap-debug RET %s RET %s" (funcall keys (getenv "NAME")) typed)))))

(defun debug-fixture ()
  (find-file (getenv "FIXTURE"))
  (goto-char (point-min))
  (forward-line (1- (string-to-number (getenv "LINE"))))
  (call-interactively #'dap-breakpoint-toggle)
  (begin)
  (let ((session (dap--cur-session)))
    (tell-line session 1)
    (when (getenv "HEAT") (tell-heat session))
    (dap-next session)
    (tell-line session 2)
    (let ((frame (gethash "id" (frame-of session 2))))
      (tell-variables session frame)
      (tell "result" (result-of session frame "n + 41"))
      (tell "folder" (result-of session frame (getenv "FOLDER")))
      (tell "total" (gethash "total" (dap-request session "luaheat/lines" :limit 1))))
    (leave session)))

(add-hook 'emacs-startup-hook
          (lambda ()
            (condition-case problem (debug-fixture) (error (tell "problem" problem)))
            (tell "messages" (with-current-buffer "*Messages*" (buffer-string)))
            (kill-emacs 0)))

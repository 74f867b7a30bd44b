;; SPDX-License-Identifier: MIT  -*- lexical-binding: t -*-
;; A session with dape itself in Emacs in a terminal, told as a user has it: breakpoint, step, variables, evaluate.
;; usage: FACTS=... NAME=... FIXTURE=... LINE=... FOLDER=... PROCESS=... emacs -nw -q -l CONFIGURATION -l real_dape.el,
;; with luaheat in the PATH. NAME is an entry's, PROCESS what is typed if it asks, FOLDER an expression.
;; Writes a line per fact; the test reads them.

(require 'dape)

(setq ring-bell-function #'ignore
      enable-local-variables nil
      create-lockfiles nil
      dape-buffer-window-arrangement nil)

(defvar stops 0)
(add-hook 'dape-stopped-hook (lambda () (setq stops (1+ stops))))

(defun tell (name value)
  (let ((inhibit-message t)) (write-region (format "%s %s\n" name value) nil (getenv "FACTS") t)))

(defun wait-for (what condition)
  "Waits until CONDITION holds, whose value it is; gives up on WHAT after 20 seconds."
  (let (value)
    (with-timeout (20 (error "waited in vain for %s" what))
      (while (not (setq value (funcall condition))) (accept-process-output nil 0.01)))
    value))

(defun connection () (dape--live-connection 'last t))

(defun ask (command arguments)
  (let ((answer nil))
    (dape--with-request-bind (body problem) (dape-request (connection) command arguments)
      (setq answer (list body problem)))
    (wait-for command (lambda () answer))
    (when (cadr answer) (error "%s: %s" command (cadr answer)))
    (car answer)))

(defun frame-of (number)
  "The frame that dape shows after stop NUMBER."
  (wait-for "a stop" (lambda () (and (>= stops number) (dape--current-stack-frame (connection))))))

(defun tell-frame (number)
  (let ((frame (frame-of number)))
    (tell "file" (plist-get (plist-get frame :source) :path))
    (tell "line" (plist-get frame :line))
    (plist-get frame :id)))

(defun look (frame)
  (let ((scope (seq-elt (plist-get (ask :scopes (list :frameId frame)) :scopes) 0)))
    (seq-doseq (variable (plist-get (ask :variables (list :variablesReference (plist-get scope :variablesReference))) :variables))
      (tell "variable" (format "%s = %s" (plist-get variable :name) (plist-get variable :value))))
    (dolist (fact (list '("result" . "n + 41") (cons "folder" (getenv "FOLDER"))))
      (tell (car fact) (plist-get (ask :evaluate (list :expression (cdr fact) :frameId frame :context "repl")) :result)))))

(defun begin ()
  "By the keys that a user presses."
  (let* ((process (getenv "PROCESS"))
         (typed (if (string= process "") "" (concat (mapconcat #'char-to-string process " ") " RET"))))
    (execute-kbd-macro (kbd (format "M-x dape RET %s RET %s" (getenv "NAME") typed)))))

(defun leave ()
  "An attached program runs on; a launched one to its end."
  (let ((connection (connection)))
    (if (string-search "attach" (getenv "NAME"))
        (call-interactively #'dape-disconnect-quit)
      (dape-breakpoint-remove-all)
      (call-interactively #'dape-continue))
    (wait-for "the end" (lambda () (not (jsonrpc-running-p connection))))
    (tell "the" "end")))

(defun debug-fixture ()
  (find-file (getenv "FIXTURE"))
  (goto-char (point-min))
  (forward-line (1- (string-to-number (getenv "LINE"))))
  (call-interactively #'dape-breakpoint-toggle)
  (begin)
  (tell-frame 1)
  (call-interactively #'dape-next)
  (look (tell-frame 2))
  (leave))

(add-hook 'emacs-startup-hook
          (lambda ()
            (condition-case problem (debug-fixture) (error (tell "problem" problem)))
            (tell "messages" (with-current-buffer "*Messages*" (buffer-string)))
            (kill-emacs 0)))

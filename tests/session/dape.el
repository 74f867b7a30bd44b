;; SPDX-License-Identifier: MIT
;; A stand-in for dape, in Emacs: it evaluates an entry of dape-configs as dape does, starts the adapter by it and tells a
;; session's story: breakpoint, step, variables, evaluate.
;; usage: FACTS=... FIXTURE=... LINE=... emacs --batch -Q -l CONFIGURATION -l dape.el -f tell-story, with luaheat in the PATH
;; Writes a line per fact; the test reads them.

(require 'cl-lib)
(require 'json)

(defvar dape-configs nil)
(defun dape-command-cwd () default-directory)
(defun dape-cwd () default-directory)
(defun dape-buffer-default () (file-relative-name buffer-file-name (dape-command-cwd)))
(defun dape-ensure-command (configuration)
  (unless (executable-find (plist-get configuration 'command)) (user-error "no command")))
(provide 'dape)

(defun tell (name value)
  (write-region (format "%s %s\n" name value) nil (getenv "FACTS") t 'quiet))

;; ---- the configuration ----

(defun evaluated (configuration)
  "Names of functions are called but for what dape itself calls later."
  (cl-loop for (key value) on configuration by #'cddr
           append (list key (if (and (not (memq key '(modes ensure fn))) (symbolp value) (functionp value))
                                (funcall value)
                              value))))

(defun arguments-of (configuration)
  "What goes to the adapter: what has a keyword."
  (cl-loop for (key value) on configuration by #'cddr
           when (keywordp key) append (list key value)))

;; ---- the protocol ----

(defvar adapter nil)
(defvar bytes "")
(defvar received nil "Messages, the oldest first.")
(defvar last-seq 0)

(defun take-messages (_process chunk)
  (setq bytes (concat bytes chunk))
  (while (and (string-match "\\`Content-Length: \\([0-9]+\\)\r\n\r\n" bytes)
              (>= (length bytes) (+ (match-end 0) (string-to-number (match-string 1 bytes)))))
    (let* ((start (match-end 0)) (end (+ start (string-to-number (match-string 1 bytes))))
           (text (decode-coding-string (substring bytes start end) 'utf-8)))
      (setq received (append received (list (json-parse-string text :object-type 'plist :array-type 'list :false-object nil)))
            bytes (substring bytes end)))))

(defun await (what fits)
  (let (found)
    (with-timeout (20 (error "waited in vain for %s" what))
      (while (not (setq found (seq-find fits received)))
        (accept-process-output adapter 0.05)))
    (setq received (delq found received))
    found))

(defun send (command arguments)
  (let ((text (encode-coding-string
               (json-serialize (list :seq (cl-incf last-seq) :type "request" :command command :arguments arguments))
               'utf-8)))
    (process-send-string adapter (format "Content-Length: %d\r\n\r\n%s" (length text) text))
    last-seq))

(defun answer (seq)
  (let ((response (await "an answer" (lambda (message) (equal (plist-get message :request_seq) seq)))))
    (unless (plist-get response :success) (error "%s" (plist-get response :message)))
    (plist-get response :body)))

(defun ask (command &rest arguments) (answer (send command arguments)))

(defun event (name)
  (plist-get (await name (lambda (message) (equal (plist-get message :event) name))) :body))

;; ---- the story ----

(defun start-session (configuration)
  (funcall (plist-get configuration 'ensure) configuration)
  (let ((default-directory (plist-get configuration 'command-cwd)))
    (setq adapter (make-process :name "adapter" :connection-type 'pipe :coding 'binary :filter #'take-messages :noquery t
                                :command (cons (plist-get configuration 'command) (plist-get configuration 'command-args)))))
  (let* ((capabilities (ask "initialize" :clientID "dape" :adapterID (plist-get configuration :type) :pathFormat "path"
                            :linesStartAt1 t :columnsStartAt1 t :supportsRunInTerminalRequest t
                            :supportsArgsCanBeInterpretedByShell t :supportsProgressReporting t :supportsStartDebuggingRequest t))
         (filters (seq-filter (lambda (filter) (plist-get filter :default)) (plist-get capabilities :exceptionBreakpointFilters)))
         (launched (send (plist-get configuration :request) (arguments-of configuration))))
    (event "initialized")
    (ask "setExceptionBreakpoints" :filters (vconcat (mapcar (lambda (filter) (plist-get filter :filter)) filters)))
    (ask "setBreakpoints" :source (list :path buffer-file-name)
         :breakpoints (vector (list :line (string-to-number (getenv "LINE")))))
    (ask "configurationDone")
    (answer launched)))

(defun stop ()
  "The thread and the frame of the next stop."
  (let* ((thread (plist-get (event "stopped") :threadId))
         (frame (car (plist-get (ask "stackTrace" :threadId thread :levels 1) :stackFrames))))
    (tell "line" (plist-get frame :line))
    (cons thread (plist-get frame :id))))

(defun story ()
  (find-file-literally (getenv "FIXTURE"))
  (start-session (evaluated (cdr (assq 'luaheat dape-configs))))
  (ask "next" :threadId (car (stop)))
  (let* ((place (stop)) (scope (car (plist-get (ask "scopes" :frameId (cdr place)) :scopes))))
    (dolist (variable (plist-get (ask "variables" :variablesReference (plist-get scope :variablesReference)) :variables))
      (tell "variable" (format "%s = %s" (plist-get variable :name) (plist-get variable :value))))
    (dolist (fact '(("result" . "n + 41") ("folder" . "io.popen('pwd'):read('l')")))
      (tell (car fact) (plist-get (ask "evaluate" :expression (cdr fact) :frameId (cdr place) :context "repl") :result)))
    (ask "setBreakpoints" :source (list :path buffer-file-name) :breakpoints [])
    (ask "continue" :threadId (car place)))
  (event "terminated")
  (ask "disconnect")
  (while (process-live-p adapter) (accept-process-output adapter 0.05))
  (tell "ended with" (process-exit-status adapter)))

(defun tell-story ()
  (condition-case problem (story) (error (tell "problem" problem))))

;; SPDX-License-Identifier: MIT
;; A stand-in for dape, in Emacs: it evaluates an entry of dape-configs as dape does, comes to the adapter by it and says what
;; dape says, in its order: breakpoint, step, variables, evaluate; and it leaves as dape does.
;; usage: FACTS=... NAME=... FIXTURE=... LINE=... FOLDER=... PROCESS=... emacs --batch -Q -l CONFIGURATION -l dape.el -f tell-story,
;; with luaheat in the PATH. NAME is an entry's, PROCESS what is typed if it asks, FOLDER an expression.
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

(defun evaluated-value (value)
  (cond ((functionp value) (funcall value))
        ((and (consp value) (symbolp (car value)) (not (keywordp (car value)))) (eval value t))
        (t value)))

(defun evaluated (configuration)
  "Functions and forms give the values, but for what dape itself calls later."
  (cl-letf (((symbol-function 'read-number) (lambda (_prompt) (string-to-number (getenv "PROCESS")))))
    (cl-loop for (key value) on configuration by #'cddr
             append (list key (if (memq key '(modes ensure fn)) value (evaluated-value value))))))

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
               (json-serialize (list :seq (cl-incf last-seq) :type "request" :command command :arguments arguments) :false-object :json-false)
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

(defun come-by (configuration)
  "The process or the connection that CONFIGURATION tells of."
  (if (plist-get configuration 'port)
      (make-network-process :name "adapter" :host (plist-get configuration 'host) :service (plist-get configuration 'port)
                            :coding 'binary :filter #'take-messages :noquery t)
    (funcall (plist-get configuration 'ensure) configuration)
    (let ((default-directory (plist-get configuration 'command-cwd)))
      (make-process :name "adapter" :connection-type 'pipe :coding 'binary :filter #'take-messages :noquery t
                    :command (cons (plist-get configuration 'command) (plist-get configuration 'command-args))))))

(defun start-session (configuration)
  (setq adapter (come-by configuration))
  (let* ((capabilities (ask "initialize" :clientID "dape" :adapterID (plist-get configuration :type) :pathFormat "path"
                            :linesStartAt1 t :columnsStartAt1 t :supportsRunInTerminalRequest t
                            :supportsArgsCanBeInterpretedByShell t :supportsProgressReporting t :supportsStartDebuggingRequest t))
         (filters (seq-filter (lambda (filter) (plist-get filter :default)) (plist-get capabilities :exceptionBreakpointFilters)))
         (begun (send (plist-get configuration :request) (arguments-of configuration))))
    (event "initialized")
    (ask "setExceptionBreakpoints" :filters (vconcat (mapcar (lambda (filter) (plist-get filter :filter)) filters)))
    (ask "setBreakpoints" :source (list :path buffer-file-name)
         :breakpoints (vector (list :line (string-to-number (getenv "LINE")))))
    (ask "configurationDone")
    (answer begun)))

(defun stop ()
  "The thread and the frame of the next stop."
  (let* ((thread (plist-get (event "stopped") :threadId))
         (frame (car (plist-get (ask "stackTrace" :threadId thread :levels 1) :stackFrames))))
    (tell "file" (plist-get (plist-get frame :source) :path))
    (tell "line" (plist-get frame :line))
    (cons thread (plist-get frame :id))))

(defun look (frame)
  (let ((scope (car (plist-get (ask "scopes" :frameId frame) :scopes))))
    (dolist (variable (plist-get (ask "variables" :variablesReference (plist-get scope :variablesReference)) :variables))
      (tell "variable" (format "%s = %s" (plist-get variable :name) (plist-get variable :value))))
    (dolist (fact (list '("result" . "n + 41") (cons "folder" (getenv "FOLDER"))))
      (tell (car fact) (plist-get (ask "evaluate" :expression (cdr fact) :frameId frame :context "repl") :result)))))

(defun leave (configuration thread)
  (if (equal (plist-get configuration :request) "attach")
      (ask "disconnect" :terminateDebuggee :json-false)
    (ask "setBreakpoints" :source (list :path buffer-file-name) :breakpoints [])
    (ask "continue" :threadId thread)
    (event "terminated")
    (ask "disconnect"))
  (while (process-live-p adapter) (accept-process-output adapter 0.05))
  (if (plist-get configuration 'port) (tell "the" "end") (tell "ended with" (process-exit-status adapter))))

(defun story ()
  (find-file-literally (getenv "FIXTURE"))
  (let ((configuration (evaluated (cdr (assq (intern (getenv "NAME")) dape-configs)))))
    (start-session configuration)
    (ask "next" :threadId (car (stop)))
    (let ((place (stop)))
      (look (cdr place))
      (leave configuration (car place)))))

(defun tell-story ()
  (condition-case problem (story) (error (tell "problem" problem))))

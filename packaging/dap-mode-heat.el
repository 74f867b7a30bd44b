;; SPDX-License-Identifier: MIT
;; Heat in Emacs, beside dap-mode.el: a part of init.el.

(defun luaheat-text (bytes)
  (cond ((< bytes 1024) (format "+%d B" bytes))
        ((< bytes (* 1024 1024)) (format "+%.1f KB" (/ bytes 1024.0)))
        (t (format "+%.1f MB" (/ bytes 1048576.0)))))

(defun luaheat-face (share)
  (cond ((>= share 0.5) 'error) ((>= share 0.1) 'warning) (t 'shadow)))

(defun luaheat-draw (rows line growth)
  "At the ends of the lines of this buffer what they have grown by."
  (remove-overlays nil nil 'luaheat t)
  (let ((most (apply #'max 1 (mapcar (lambda (row) (seq-elt row growth)) rows))))
    (seq-doseq (row rows)
      (let ((bytes (seq-elt row growth)))
        (when (> bytes 0)
          (save-excursion
            (goto-char (point-min))
            (when (zerop (forward-line (1- (seq-elt row line))))
              (let ((overlay (make-overlay (line-end-position) (line-end-position))))
                (overlay-put overlay 'luaheat t)
                (overlay-put overlay 'after-string
                             (propertize (concat "  " (luaheat-text bytes)) 'face (luaheat-face (/ bytes most 1.0))))))))))))

(defun luaheat-show (session)
  (when (equal (plist-get (dap--debug-session-launch-args session) :type) "luaheat")
    (dap--send-message
     (dap--make-request "luaheat/lines")
     (dap--resp-handler
      (lambda (response)
        (let* ((body (gethash "body" response))
               (columns (append (gethash "columns" body) nil)))
          (seq-doseq (file (gethash "sources" body))
            (let* ((path (gethash "path" (gethash "source" file)))
                   (buffer (and path (find-buffer-visiting path))))
              (when buffer
                (with-current-buffer buffer
                  (luaheat-draw (gethash "rows" file)
                                (seq-position columns "line") (seq-position columns "growth")))))))))
     session)))
(add-hook 'dap-stopped-hook #'luaheat-show)

local errors = { kept = {}, count = 0 }

function errors.note(number, message)
  errors.count = errors.count + 1
  errors.kept[errors.count] = { number = number, message = message } --@error
end

return errors

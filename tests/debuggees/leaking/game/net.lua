local net = { pending = {}, sequence = 0 }

-- Nobody ever calls net.acknowledge.
function net.send(message)
  net.sequence = net.sequence + 1
  net.pending[net.sequence] = { message = message, tries = 0 } --@packet
end

function net.acknowledge(sequence)
  net.pending[sequence] = nil
end

return net

// Loaded first (`node --import`) in each server that we start: it ends when the process that started it is gone, even killed.
const parent = process.ppid
setInterval(() => {
  if (process.ppid === parent) return
  setTimeout(() => process.exit(1), 8000).unref()
  process.kill(process.pid, 'SIGTERM')
}, 1000).unref()

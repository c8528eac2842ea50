/**
 * What the tabs of a browser tell each other about their one session: that it was used, that it is over. Each tab counts the
 * idle time by itself, from the last use told by any of them.
 */
type Message = { type: 'usage'; at: number } | { type: 'fin'; vers: string }

const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('pass-session')
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel of one origin, not a window
const tell = (message: Message): void => channel?.postMessage(message)

let lastUse = Date.now()
let told = 0

/** When the session was last used, by any tab of this browser (epoch ms, the computer's clock). */
export const lastUseAt = (): number => lastUse

const TELL_EVERY_MS = 1000

/** A call was answered: the server counts from now. */
export const noteUse = (): void => {
  lastUse = Date.now()
  if (lastUse - told < TELL_EVERY_MS) return
  told = lastUse
  tell({ type: 'usage', at: lastUse })
}

/** The session ended on purpose: every other tab leaves too. */
export const tellEnd = (vers: string): void => tell({ type: 'fin', vers })

/** `onEnd` runs when another tab ended the session. */
export const listenToTabs = (onEnd: (vers: string) => void): (() => void) => {
  if (!channel) return () => {}
  const stop = new AbortController()
  channel.addEventListener(
    'message',
    ({ data }: MessageEvent<Message>) => {
      if (data.type === 'usage') lastUse = Math.max(lastUse, data.at)
      else onEnd(data.vers)
    },
    { signal: stop.signal },
  )
  return () => stop.abort()
}

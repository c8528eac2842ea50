import { useEffect, useState } from 'react'
import { useLocation } from 'react-router'

// other fragments (the skip link) are none of ours
const read = (hash: string): string | null => /^#([\w-]{43})$/.exec(hash)?.[1] ?? null

/**
 * The secret of a link received by mail. It stands after `#`, which no server and no log sees; it is erased from the address at
 * once, so that neither the history nor a shared screen keeps it. Null when the page was opened without a whole one.
 */
export const useJeton = (): string | null => {
  const { pathname, search, hash } = useLocation()
  const [seen, setSeen] = useState(hash)
  const [jeton, setJeton] = useState(() => read(hash))
  if (seen !== hash) {
    setSeen(hash)
    setJeton(read(hash) ?? jeton)
  }
  useEffect(() => {
    if (read(hash)) globalThis.history.replaceState(globalThis.history.state, '', pathname + search)
  }, [hash, pathname, search])
  return jeton
}

/**
 * The keys of writes whose outcome is not known yet. The same gesture (same call, same input) sent again after a network
 * failure carries the same `Idempotency-Key`, so that the server does it once; a settled gesture forgets its key, so that
 * doing the same thing again on purpose is a new act. It outlives the page: a person who leaves and comes back is safe.
 */
export const createKeyring = ({ newKey, now, ttlMs = 15 * 60_000 }: { newKey: () => string; now: () => number; ttlMs?: number }) => {
  const keys = new Map<string, { key: string; at: number }>()
  return {
    keyFor: (gesture: string): string => {
      for (const [name, { at }] of keys) if (now() - at > ttlMs) keys.delete(name)
      const known = keys.get(gesture)
      if (known) return known.key
      const key = newKey()
      keys.set(gesture, { key, at: now() })
      return key
    },
    settle: (gesture: string): void => {
      keys.delete(gesture)
    },
  }
}

// crypto.randomUUID exists in secure contexts only; a demonstration may be shown over plain HTTP on a local network.
export const randomUuid = (): string => {
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID()
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  const hex = [...bytes]
    .map((byte, i) => (i === 6 ? (byte & 0x0f) | 0x40 : i === 8 ? (byte & 0x3f) | 0x80 : byte).toString(16).padStart(2, '0'))
    .join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

export const keyring = createKeyring({ newKey: randomUuid, now: Date.now })

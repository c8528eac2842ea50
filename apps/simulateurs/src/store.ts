import type { Adapter, AdapterPayload } from 'oidc-provider'

/** What the provider remembers, in memory: nothing outlives the process. */
export const memoryStore = (): ((model: string) => Adapter) => {
  const rows = new Map<string, { payload: AdapterPayload; until: number }>()
  const live = (key: string) => {
    const row = rows.get(key)
    if (row && row.until > Date.now()) return row.payload
    rows.delete(key)
    return undefined
  }
  return (model) => {
    const keyOf = (id: string) => `${model}:${id}`
    const findBy = async (field: 'uid' | 'userCode', value: string) => {
      for (const key of rows.keys()) {
        const payload = key.startsWith(`${model}:`) ? live(key) : undefined
        if (payload?.[field] === value) return payload
      }
      return undefined
    }
    return {
      upsert: async (id, payload, seconds) => void rows.set(keyOf(id), { payload, until: Date.now() + (seconds ?? 86_400) * 1000 }),
      find: async (id) => live(keyOf(id)),
      findByUid: (uid) => findBy('uid', uid),
      findByUserCode: (code) => findBy('userCode', code),
      consume: async (id) => {
        const payload = live(keyOf(id))
        if (payload) payload.consumed = Math.floor(Date.now() / 1000)
      },
      destroy: async (id) => void rows.delete(keyOf(id)),
      revokeByGrantId: async (grantId) => {
        for (const [key, { payload }] of rows) if (key.startsWith(`${model}:`) && payload.grantId === grantId) rows.delete(key)
      },
    }
  }
}

import type { FastifyInstance } from 'fastify'
import type pg from 'pg'

const PATIENCE_MS = 400

const asked = async (pool: pg.Pool): Promise<'repond' | 'injoignable'> => {
  try {
    await pool.query('select 1')
    return 'repond'
  } catch {
    return 'injoignable'
  }
}

/** `GET /api/sante`, always within half a second: a full pool is « occupee », not a dead service. */
export const health = (app: FastifyInstance, pool: pg.Pool): void => {
  app.get('/api/sante', { schema: { hide: true } }, async (_request, reply) => {
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<'occupee'>((ok) => void (timer = setTimeout(() => ok('occupee'), PATIENCE_MS)))
    const base = await Promise.race([asked(pool), late])
    clearTimeout(timer)
    return reply.code(base === 'injoignable' ? 503 : 200).send({ etat: base === 'injoignable' ? 'panne' : 'ok', base })
  })
}

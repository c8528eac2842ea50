import { controleOf } from '@pass/domain/controles.ts'
import { plural } from '@pass/domain/money.ts'
import type { Command } from '../../platform/cli.ts'

type Row = { nom: string; ecarts: string; at: Date; duree_ms: number }

const RUN = `select nom, ecarts, at, duree_ms from controle where passage = (select passage from controle order by at desc, passage desc limit 1) order by nom`

/** `cli reconcilier`: every check, counted and kept with its date (`reliability.md` section 1). Nothing found: exit code 0. */
export const reconcilier: Command = {
  summary: 'Compter les écarts entre pass, utilisations, bordereaux, financement et grand livre',
  run: async (io) => {
    const { clock } = await io.deps()
    const owner = await io.owner()
    await owner.query('begin; set local statement_timeout = 0')
    await owner.query('select controle_run($1)', [clock()])
    const { rows } = await owner.query<Row>(RUN)
    await owner.query('commit')
    const controles = rows.map(({ nom, ecarts }) => ({ code: nom, libelle: controleOf(nom).libelle, ecarts: Number(ecarts) }))
    const ecarts = controles.reduce((sum, one) => sum + one.ecarts, 0)
    const dureeMs = rows[0]?.duree_ms ?? 0
    const said =
      ecarts === 0 ? 'Aucun écart\u00a0: les pass, les utilisations et le grand livre disent la même chose' : plural(ecarts, 'écart')
    return {
      ok: ecarts === 0,
      lines: [
        ...controles.map((one) => `${String(one.ecarts).padStart(6)}  ${one.libelle}`),
        `${said} (${plural(controles.length, 'contrôle')}, ${dureeMs} ms).`,
      ],
      json: { ok: ecarts === 0, at: rows[0]?.at.toISOString() ?? null, dureeMs, ecarts, controles },
    }
  },
}

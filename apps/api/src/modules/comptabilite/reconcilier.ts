import { plural } from '@pass/domain/money.ts'
import type { Command } from '../../platform/cli.ts'

/** `cli reconcilier`: what must never be, counted (`reliability.md` section 1). Nothing found: exit code 0. */
export const reconcilier: Command = {
  summary: 'Compter les écarts entre pass, utilisations, bordereaux et grand livre',
  run: async (io) => {
    const owner = await io.owner()
    const { rows } = await owner.query<{ name: string; count: string }>('select name, count from reconciliation order by name')
    const ecarts = rows.map(({ name, count }) => ({ controle: name, lignes: Number(count) }))
    const lines = ecarts.map(({ controle, lignes }) => `${controle}\u00a0: ${plural(lignes, 'ligne')}`)
    return {
      ok: ecarts.length === 0,
      lines: lines.length > 0 ? lines : ['Aucun écart\u00a0: les pass, les utilisations et le grand livre disent la même chose.'],
      json: ecarts,
    }
  },
}

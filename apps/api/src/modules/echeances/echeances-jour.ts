import { isDay, parisDay } from '@pass/domain/days.ts'
import { ECHEANCE_LABELS } from '@pass/domain/echeances.ts'
import { plural } from '@pass/domain/money.ts'
import { BadInput, type Command } from '../../platform/cli.ts'
import { tendAll, type Tended } from './tend-echeances.ts'

const lineOf = ({ lotId, etape }: Tended) => `${lotId}  ${etape ? ECHEANCE_LABELS[etape] : 'à traiter'}`

/** `cli echeances jour --date 2026-06-15`: what the daily job does, for a given day; told twice, nothing is announced twice. */
export const echeancesJour: Command = {
  summary: 'Annoncer les fins de validité du jour (deux fois\u00a0: rien de plus)',
  args: {
    date: { type: 'string', description: 'Jour à Paris, AAAA-MM-JJ ; aujourd’hui par défaut' },
    simuler: { type: 'boolean', description: 'Dire les lots concernés sans rien écrire' },
  },
  run: async (io, { date, simuler }) => {
    if (date !== undefined && (typeof date !== 'string' || !isDay(date)))
      throw new BadInput('La date s’écrit AAAA-MM-JJ. Exemple\u00a0: 2026-06-15.')
    const deps = await io.deps()
    const today = typeof date === 'string' ? date : parisDay(deps.clock())
    const told = await tendAll(deps, { id: `cli:${today}`, today, dryRun: simuler === true })
    const what = simuler === true ? plural(told.length, 'lot à traiter', 'lots à traiter') : plural(told.length, 'annonce')
    return { ok: true, lines: [`${today}\u00a0: ${what}.`, ...told.map(lineOf)], json: { date: today, annonces: told } }
  },
}

import type { FileAnswer } from '@pass/contracts/route.ts'
import { localDay, localTime, PARIS } from '@pass/domain/days.ts'
import type { RefusalCode } from '@pass/domain/refusal-codes.ts'
import { REFUSAL_MESSAGES } from '@pass/domain/refusal.ts'
import { stringify } from 'csv-stringify/sync'
import type { Ctx } from '../../platform/context.ts'
import { type JournalFilter, journalLines } from './journal.ts'

const MOST = 10_000

const resultOf = (statut: number, code: string | null) => {
  if (statut < 400) return 'Fait'
  return `Refusé\u00a0: ${REFUSAL_MESSAGES[code as RefusalCode] ?? statut}`
}

/** The journal as a file that a spreadsheet opens: its last 10 000 lines, no cell of which is a formula. */
export const downloadJournal = async (ctx: Ctx, filter: Pick<JournalFilter, 'du' | 'au'>): Promise<FileAnswer> => {
  const lines = await journalLines(ctx, filter, MOST)
  const { organisationNom } = ctx.actor
  const rows = lines.map(({ at, personne, role, libelle, statut, code, assistance }) => [
    organisationNom,
    localDay(new Date(at), PARIS),
    localTime(new Date(at), PARIS),
    personne ?? 'Service',
    role ?? '',
    libelle,
    resultOf(statut, code),
    assistance ? `${assistance.de}, par les yeux de ${assistance.pour}` : '',
  ])
  const text = stringify([['Organisation', 'Jour', 'Heure', 'Personne', 'Rôle', 'Action', 'Résultat', 'Assistance'], ...rows], {
    delimiter: ';',
    record_delimiter: 'windows',
    bom: true,
    escape_formulas: true,
  })
  return { nom: `journal-${ctx.today}.csv`, type: 'text/csv; charset=utf-8', contenu: Buffer.from(text) }
}

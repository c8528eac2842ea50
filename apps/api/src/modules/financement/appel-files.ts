import { createHash } from 'node:crypto'
import type { FileAnswer } from '@pass/contracts/route.ts'
import type { FinanceurNature } from '@pass/domain/conventions.ts'
import { formatDay, parisDay } from '@pass/domain/days.ts'
import { APPEL_TITLES } from '@pass/domain/financement.ts'
import { percent } from '@pass/domain/money.ts'
import { stringify } from 'csv-stringify/sync'
import type { Ctx } from '../../platform/context.ts'
import { dayOf } from '../../platform/db.ts'
import { pdf } from '../../platform/pdf/document.ts'
import { type AppelRow, readAppel } from './appel-queries.ts'
import { drawAppel as draw } from './appel.pdf.ts'

type Preuve = {
  bordereau: string
  mois: string
  structure: string
  lieu: string
  commune: string
  atelier_id: string
  date_atelier: Date
  pass: number
  montant_centimes: bigint
  signatures: number
  empreintes: string[]
}

/** An amount as a French spreadsheet adds it up: `1234,50`. */
const amount = (centimes: bigint): string => `${centimes / 100n},${String(centimes % 100n).padStart(2, '0')}`
const csv = (lines: readonly (readonly (string | number)[])[]): string =>
  stringify(
    lines.map((cells) => [...cells]),
    { delimiter: ';', record_delimiter: 'windows', bom: true, escape_formulas: true },
  )
const nameOf = ({ numero, id }: Pick<AppelRow, 'numero' | 'id'>) => numero ?? `brouillon-${id.slice(-6)}`

const PREUVES = [
  'Bordereau',
  'Mois',
  'Structure',
  'Lieu',
  'Commune',
  'Atelier',
  'Date de l’atelier',
  'Pass',
  'Valeur des pass (€)',
  'Signatures sur écran',
  'Empreintes SHA-256 des émargements',
]

const preuvesOf = (ctx: Ctx, appelId: string) => ctx.db.$queryRaw<Preuve[]>`select * from appel_preuves(${appelId}::uuid)`

const preuvesCsv = (preuves: readonly Preuve[]): string =>
  csv([
    PREUVES,
    ...preuves.map((row) => [
      row.bordereau,
      row.mois,
      row.structure,
      row.lieu,
      row.commune,
      row.atelier_id,
      formatDay(dayOf(row.date_atelier)),
      row.pass,
      amount(row.montant_centimes),
      row.signatures,
      row.empreintes.join(' '),
    ]),
  ])

const digestOf = (preuves: readonly Preuve[]) => ({
  bordereaux: new Set(preuves.map(({ bordereau }) => bordereau)).size,
  ateliers: new Set(preuves.map(({ atelier_id }) => atelier_id)).size,
  empreintes: new Set(preuves.flatMap(({ empreintes }) => empreintes)).size,
  sha256: createHash('sha256').update(preuvesCsv(preuves)).digest('hex'),
})

/** What a call is based on: bordereau by bordereau, atelier by atelier, with the digests of the attendance. No person. */
export const exportPreuves = async (ctx: Ctx, { appelId }: { appelId: string }): Promise<FileAnswer> => {
  const row = await readAppel(ctx, appelId)
  const preuves = await preuvesOf(ctx, appelId)
  return { nom: `preuves-${nameOf(row)}.csv`, type: 'text/csv; charset=utf-8', contenu: Buffer.from(preuvesCsv(preuves)) }
}

/** The closings of a call, one a line, then its total, its advances and what is asked. */
export const exportAppel = async (ctx: Ctx, { appelId }: { appelId: string }): Promise<FileAnswer> => {
  const row = await readAppel(ctx, appelId)
  const lines = row.lignes.map(({ montantCentimes, part }) => [
    part.mois,
    part.pass,
    percent(part.cleBp),
    amount(part.derogationCentimes),
    amount(montantCentimes),
  ])
  const text = csv([
    ['Clôture', 'Pass utilisés', 'Clé', 'Dont hors clé (€)', 'Part (€)'],
    ...lines,
    ['Part des pass utilisés', row.pass, '', '', amount(row.partCentimes)],
    ['Avances déduites', '', '', '', amount(row.avanceCentimes)],
    ['Montant appelé', '', '', '', amount(row.montantCentimes)],
  ])
  return { nom: `appel-de-fonds-${nameOf(row)}.csv`, type: 'text/csv; charset=utf-8', contenu: Buffer.from(text) }
}

/** The document, drawn again from what was kept. */
export const drawAppel = async (ctx: Ctx, { appelId }: { appelId: string }): Promise<FileAnswer> => {
  const row = await readAppel(ctx, appelId)
  const preuves = digestOf(await preuvesOf(ctx, appelId))
  const nature = row.nature as FinanceurNature
  const at = row.appeleAt ?? row.prepareAt
  const appel = {
    ...row,
    nature,
    collectivite: row.convention.collectivite.nom,
    periode: { debut: row.periodeDebut, fin: row.periodeFin },
    date: parisDay(at),
    partCentimes: Number(row.partCentimes),
    avanceCentimes: Number(row.avanceCentimes),
    montantCentimes: Number(row.montantCentimes),
    lignes: row.lignes.map(({ montantCentimes, part: { mois, pass, cleBp, derogationCentimes } }) => ({
      mois,
      pass,
      cleBp,
      montantCentimes: Number(montantCentimes),
      derogationCentimes: Number(derogationCentimes),
    })),
    preuves,
  }
  const titre = `${APPEL_TITLES[nature]} ${row.numero ?? ''}`.trim()
  return { nom: `appel-de-fonds-${nameOf(row)}.pdf`, type: 'application/pdf', contenu: () => pdf(draw, appel, { titre, now: at }) }
}

import { formatDay } from '@pass/domain/days.ts'
import { LIGNE_LABELS, type LigneNature } from '@pass/domain/clotures.ts'
import type { FileAnswer } from '@pass/contracts/route.ts'
import { stringify } from 'csv-stringify/sync'
import type { Ctx } from '../../platform/context.ts'
import { type Sql, sql } from '../../platform/db.ts'
import { found } from '../../platform/errors.ts'
import { reachSql } from '../../platform/reach.ts'
import { knownPeriode } from './cloture-queries.ts'
import { getBordereau } from './queries.ts'

export type LigneAtelier = { date: string; lieu: string; pass: number; montantCentimes: number }

/** What the statement prints: the bordereau and a line an atelier, by date. */
export const getReleve = async (ctx: Ctx, { bordereauId }: { bordereauId: string }) => {
  const bordereau = await getBordereau(ctx, { bordereauId })
  const rows = await ctx.db.$queryRaw<{ date: string; lieu: string; pass: number; montant: bigint }[]>`
    select r.date_atelier::text date, l.nom lieu, count(*)::int pass, sum(r.montant_centimes)::bigint montant
      from redemption r join lieu l on l.organisation_id = r.structure_id and l.id = r.lieu_id
     where r.structure_id = ${bordereau.structure.id}::uuid and r.bordereau_id = ${bordereauId}::uuid
     group by r.date_atelier, r.atelier_id, l.nom order by r.date_atelier, l.nom, r.atelier_id`
  const ateliers: LigneAtelier[] = rows.map(({ montant, ...row }) => ({ ...row, montantCentimes: Number(montant) }))
  return { ...bordereau, ateliers }
}
export type Releve = Awaited<ReturnType<typeof getReleve>>

/** The file as it was sent, byte for byte. Absent before the release. */
export const getSepa = async (ctx: Ctx, { bordereauId }: { bordereauId: string }) => {
  const [row] = await ctx.db.$queryRaw<{ reference: string; xml: string }[]>`select m.reference, m.xml
    from bordereau b join remise m on m.operateur_id = b.operateur_id and m.id = b.remise_id
    where ${reachSql(ctx, 'bordereau', 'b')} and b.id = ${bordereauId}::uuid`
  const { reference, xml } = found(row)
  return { nom: `${reference}.xml`, type: 'application/xml', contenu: new TextEncoder().encode(xml) }
}

type Usage = { reference: string; structure: string; date: string; lieu: string; collectivite: string; pass: number; montant: bigint }

/** A line an atelier and collectivité of these bordereaux (`b`), in their order. */
const usesOf = (ctx: Ctx, which: Sql) => ctx.db.$queryRaw<Usage[]>`
  select b.reference, s.nom structure, r.date_atelier::text date, l.nom lieu, c.libelle collectivite, count(*)::int pass, sum(r.montant_centimes)::bigint montant
    from bordereau b join organisation s on s.id = b.organisation_id
    join redemption r on r.structure_id = b.organisation_id and r.bordereau_id = b.id
    join lieu l on l.organisation_id = r.structure_id and l.id = r.lieu_id
    join bordereau_convention c on c.organisation_id = r.structure_id and c.bordereau_id = r.bordereau_id and c.convention_id = r.convention_id
   where ${reachSql(ctx, 'bordereau', 'b')} and ${which}
   group by b.id, b.reference, s.nom, r.date_atelier, r.atelier_id, l.nom, c.libelle, c.convention_id order by b.id, r.date_atelier, l.nom, r.atelier_id, c.libelle`

type Autre = { reference: string; structure: string; nature: LigneNature; collectivite: string; objet: string; montant: bigint }

/** What these bordereaux pay or withhold besides. */
const othersOf = (ctx: Ctx, which: Sql) => ctx.db.$queryRaw<Autre[]>`
  select b.reference, s.nom structure, l.nature, c.libelle collectivite, coalesce(r.reference, i.motif, '') objet, l.montant_centimes montant
    from bordereau b join organisation s on s.id = b.organisation_id
    join bordereau_ligne l on l.organisation_id = b.organisation_id and l.bordereau_id = b.id
    join bordereau_convention c on c.organisation_id = l.organisation_id and c.bordereau_id = l.bordereau_id and c.convention_id = l.convention_id
    left join bordereau r on l.nature = 'report' and r.organisation_id = l.organisation_id and r.id = l.objet_id
    left join incident i on l.nature = 'incident' and i.organisation_id = l.organisation_id and i.id = l.objet_id
   where ${reachSql(ctx, 'bordereau', 'b')} and ${which} order by b.id, l.nature desc, c.libelle, l.id`

const TITLES = ['Bordereau', 'Structure', 'Nature', 'Date de l’atelier', 'Lieu', 'Collectivité', 'Objet', 'Pass', 'Montant (€)']
/** An amount as a French spreadsheet adds it up: `-1234,50`. */
const amount = (centimes: bigint): string => {
  const digits = String(centimes).replace('-', '').padStart(3, '0')
  return `${centimes < 0 ? '-' : ''}${digits.slice(0, -2)},${digits.slice(-2)}`
}

const FORMULA = /^[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/
// an amount is a number: its minus sign is no formula
const cell = (value: string) => (FORMULA.test(value) && !/^-\d+,\d\d$/.test(value) ? `'${value}` : value)

const linesOf = async (ctx: Ctx, which: Sql): Promise<Uint8Array> => {
  const uses = await usesOf(ctx, which)
  const others = await othersOf(ctx, which)
  const rows = [
    ...uses.map((row) => [
      row.reference,
      row.structure,
      'Utilisation',
      formatDay(row.date),
      row.lieu,
      row.collectivite,
      '',
      String(row.pass),
      amount(row.montant),
    ]),
    ...others.map((row) => [
      row.reference,
      row.structure,
      LIGNE_LABELS[row.nature],
      '',
      '',
      row.collectivite,
      row.objet,
      '',
      amount(row.montant),
    ]),
  ]
  return Buffer.from(stringify([TITLES, ...rows.map((row) => row.map(cell))], { delimiter: ';', record_delimiter: 'windows', bom: true }))
}

const CSV = 'text/csv; charset=utf-8'

/** The statement as a table, a line an atelier and collectivité, then reports, withheld incidents and fees: it adds up to the transfer. */
export const exportBordereau = async (ctx: Ctx, { bordereauId }: { bordereauId: string }): Promise<FileAnswer> => {
  const { reference } = await getBordereau(ctx, { bordereauId })
  return { nom: `bordereau-${reference}.csv`, type: CSV, contenu: await linesOf(ctx, sql`b.id = ${bordereauId}::uuid`) }
}

/** The same of every bordereau of a period. */
export const exportPeriode = async (ctx: Ctx, { periode: cle }: { periode: string }): Promise<FileAnswer> => {
  const { mois, semaine } = knownPeriode(cle)
  const contenu = await linesOf(ctx, sql`b.mois = ${mois} and b.semaine is not distinct from ${semaine}::int`)
  return { nom: `bordereaux-${cle}.csv`, type: CSV, contenu }
}

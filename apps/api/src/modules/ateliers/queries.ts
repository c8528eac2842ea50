import type { Atelier, AtelierSummary } from '@pass/contracts/ateliers.ts'
import type { AtelierStatut, InscriptionStatut, Niveau } from '@pass/domain/ateliers.ts'
import { isDay } from '@pass/domain/days.ts'
import type { ThemeCode } from '@pass/domain/lieux.ts'
import { formatSerie } from '@pass/domain/references.ts'
import { type RedemptionStatut, whyNotUndo } from '@pass/domain/redemptions.ts'
import { z } from 'zod'
import type { Ctx } from '../../platform/context.ts'
import { empty, sql } from '../../platform/db.ts'
import { found } from '../../platform/errors.ts'
import { cursorOf, pageOf, TAILLE } from '../../platform/page.ts'
import { reachSql } from '../../platform/reach.ts'

type Row = {
  id: string
  lieu_id: string
  nom: string
  nom_commune: string
  fuseau: string
  theme: ThemeCode
  niveau: Niveau
  date: string
  debut: string
  duree_minutes: number
  capacite: number
  places_prises: number
  sans_pass: number
  statut: AtelierStatut
  offert: boolean
  pass: number
  montant: number
}

const summaryOf = (row: Row): AtelierSummary => ({
  id: row.id,
  lieu: { id: row.lieu_id, nom: row.nom, commune: row.nom_commune, fuseau: row.fuseau },
  theme: row.theme,
  niveau: row.niveau,
  date: row.date,
  debut: row.debut,
  dureeMinutes: row.duree_minutes,
  capacite: row.capacite,
  placesPrises: row.places_prises,
  sansPass: row.sans_pass,
  statut: row.statut,
  offert: row.offert,
  passUtilises: row.pass,
  montantCentimes: row.montant,
})

const COLUMNS = sql`a.id, a.lieu_id, l.nom, l.nom_commune, l.fuseau, a.theme, a.niveau, a.date::text as date, a.debut, a.duree_minutes, a.capacite, a.places_prises, a.sans_pass,
  a.statut, a.offert, u.pass, u.montant`
/** Live redemptions of each atelier. */
const TABLES = sql`atelier a join lieu l on l.organisation_id = a.organisation_id and l.id = a.lieu_id
  cross join lateral (select count(*)::int as pass, coalesce(sum(r.montant_centimes), 0)::int as montant from redemption r
    where r.structure_id = a.organisation_id and r.atelier_id = a.id and r.statut <> 'annulee') u`

const Key = z.tuple([z.string().refine(isDay), z.string().max(5), z.uuid()])
type ListQuery = {
  apres?: string | undefined
  taille?: number | undefined
  du?: string | undefined
  au?: string | undefined
  statut?: AtelierStatut | undefined
  lieuId?: string | undefined
  theme?: ThemeCode | undefined
}

/** Ateliers of the structure, the latest first. */
export const listAteliers = async (ctx: Ctx, { apres, taille = TAILLE, du, au, statut, lieuId, theme }: ListQuery) => {
  const after = cursorOf(apres, Key)
  const where = sql`${reachSql(ctx, 'atelier', 'a')} ${du ? sql`and a.date >= ${du}::date` : empty} ${au ? sql`and a.date <= ${au}::date` : empty}
    ${statut ? sql`and a.statut = ${statut}` : empty} ${lieuId ? sql`and a.lieu_id = ${lieuId}::uuid` : empty} ${theme ? sql`and a.theme = ${theme}` : empty}`
  const rows = await ctx.db.$queryRaw<Row[]>`select ${COLUMNS} from ${TABLES} where ${where}
    ${after ? sql`and (a.date, a.debut, a.id) < (${after[0]}::date, ${after[1]}, ${after[2]}::uuid)` : empty}
    order by a.date desc, a.debut desc, a.id desc limit ${taille + 1}`
  const [count] = await ctx.db.$queryRaw<{ n: number }[]>`select count(*)::int as n from atelier a where ${where}`
  const { items, ...page } = pageOf(rows, taille, ({ date, debut, id }) => [date, debut, id], count!.n)
  return { ...page, items: items.map(summaryOf) }
}

/** Some ateliers of one's own structure, by day and hour. */
export const summariesOf = async (ctx: Ctx, ids: readonly string[]): Promise<AtelierSummary[]> => {
  const rows = await ctx.db.$queryRaw<Row[]>`select ${COLUMNS} from ${TABLES}
    where a.id = any (${[...ids]}::uuid[]) and ${reachSql(ctx, 'atelier', 'a')} order by a.date, a.debut, a.id`
  return rows.map(summaryOf)
}

type Person = { inscription_id: string; nom: string | null; serie: bigint; statut: InscriptionStatut; pass_utilises: number }
type Use = {
  acte_id: string
  redemption_id: string
  serie: bigint
  rang_pass: number
  montant_centimes: number
  statut: RedemptionStatut
  at: Date
}

/** Inscriptions of an atelier that were signed on the screen, with when and the digest of what was drawn. */
export const signaturesOf = (ctx: Ctx, atelierId: string) =>
  ctx.db.$queryRaw<{ inscription_id: string; traits: number[][]; sha256: Uint8Array; signee_at: Date }[]>`
    select s.inscription_id, s.traits, s.sha256, s.signee_at from signature s
      join inscription i on i.organisation_id = s.organisation_id and i.id = s.inscription_id
     where i.atelier_id = ${atelierId}::uuid and ${reachSql(ctx, 'signature', 's')}`

/** Those who wait come last, in the order in which they take a seat; the others as they enrolled. */
const inOrder = async ({ db }: Ctx, people: readonly Person[], atelierId: string): Promise<Person[]> => {
  const waiting = await db.$queryRaw<{ id: string }[]>`
    select id from inscription where atelier_id = ${atelierId}::uuid and statut = 'liste_attente' order by inscrit_at, id`
  const rank = new Map(waiting.map(({ id }, i) => [id, i]))
  return [
    ...people.filter(({ inscription_id }) => !rank.has(inscription_id)),
    ...people
      .filter(({ inscription_id }) => rank.has(inscription_id))
      .toSorted((a, b) => rank.get(a.inscription_id)! - rank.get(b.inscription_id)!),
  ]
}

/** An atelier with its people (first name and initial, or their carnet's number) and the pass used in it, undone ones too. */
export const getAtelier = async (ctx: Ctx, { atelierId }: { atelierId: string }): Promise<Atelier> => {
  const [row] = await ctx.db.$queryRaw<
    Row[]
  >`select ${COLUMNS} from ${TABLES} where a.id = ${atelierId}::uuid and ${reachSql(ctx, 'atelier', 'a')}`
  const summary = summaryOf(found(row))
  const people = await inOrder(ctx, await ctx.db.$queryRaw<Person[]>`select * from atelier_people(${atelierId}::uuid)`, atelierId)
  const signed = new Set((await signaturesOf(ctx, atelierId)).map(({ inscription_id }) => inscription_id))
  const uses = await ctx.db.$queryRaw<Use[]>`select * from atelier_uses(${atelierId}::uuid)`
  return {
    ...summary,
    participants: people.map(({ inscription_id, nom, serie, statut, pass_utilises }) => ({
      inscriptionId: inscription_id,
      nom: nom ?? `Carnet ${formatSerie(Number(serie))}`,
      statut,
      passUtilises: pass_utilises,
      signe: signed.has(inscription_id),
    })),
    utilisations: uses.map(({ acte_id, redemption_id, serie, rang_pass, montant_centimes, statut, at }) => ({
      acteId: acte_id,
      redemptionId: redemption_id,
      serie: formatSerie(Number(serie)),
      rangPass: rang_pass,
      montantCentimes: montant_centimes,
      statut,
      at: at.toISOString(),
      annulable: whyNotUndo({ statut, redeemedAt: at }, ctx.now) === null,
    })),
  }
}

type Locked = {
  statut: AtelierStatut
  date: string
  debut: string
  lieu: string
  capacite: number
  places_prises: number
  fuseau: string
  pass: number
}

/** The atelier's row, held until the end of the transaction: redeem and undo take it first too. 404 when it is not one's own. */
export const lockAtelier = async (ctx: Ctx, atelierId: string): Promise<Locked> => {
  await ctx.db.$queryRaw`select 1 from atelier a where a.id = ${atelierId}::uuid and ${reachSql(ctx, 'atelier', 'a')} for no key update`
  const [row] = await ctx.db.$queryRaw<
    Locked[]
  >`select a.statut, a.date::text as date, a.debut, l.nom as lieu, a.capacite, a.places_prises, l.fuseau, u.pass from ${TABLES}
    where a.id = ${atelierId}::uuid and ${reachSql(ctx, 'atelier', 'a')}`
  return found(row)
}

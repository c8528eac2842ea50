import type { RetourBancaire, RetourLigne } from '@pass/contracts/remises-bancaires.ts'
import type { FileAnswer } from '@pass/contracts/route.ts'
import { RETOUR_COLONNES, type RetourEffet, type RetourFormat, type RetourStatut } from '@pass/domain/retours.ts'
import { z } from 'zod'
import type { Ctx } from '../../platform/context.ts'
import { empty, type Sql, sql } from '../../platform/db.ts'
import { found } from '../../platform/errors.ts'
import { cursorOf, pageOf, TAILLE } from '../../platform/page.ts'
import { reachSql } from '../../platform/reach.ts'
import { csv } from '../../platform/tableur/write-table.ts'

type Row = {
  id: string
  nom: string
  format: RetourFormat | null
  statut: RetourStatut
  message: string | null
  lignes: number
  executes: number
  rejetes: number
  revenus: number
  attentes: number
  inconnus: number
  execute_centimes: bigint
  rejete_centimes: bigint
  revenu_centimes: bigint
  at: Date
}

const toRetour = ({ execute_centimes, rejete_centimes, revenu_centimes, at, ...row }: Row): RetourBancaire => ({
  ...row,
  executeCentimes: Number(execute_centimes),
  rejeteCentimes: Number(rejete_centimes),
  revenuCentimes: Number(revenu_centimes),
  at: at.toISOString(),
})

const rowsOf = (ctx: Ctx, rest: Sql) => ctx.db.$queryRaw<Row[]>`
  select r.id, r.nom, r.format, r.statut, r.message, r.lignes, r.executes, r.rejetes, r.revenus, r.attentes, r.inconnus, r.execute_centimes, r.rejete_centimes, r.revenu_centimes, r.at
    from retour_bancaire r where ${reachSql(ctx, 'retour_bancaire', 'r')} ${rest}`

export const getRetour = async (ctx: Ctx, { retourId }: { retourId: string }): Promise<RetourBancaire> => {
  const [row] = await rowsOf(ctx, sql`and r.id = ${retourId}::uuid`)
  return toRetour(found(row))
}

type Page = { apres?: string | undefined; taille?: number | undefined }
const IdCursor = z.tuple([z.uuid()])

/** Files of the bank, the last one first (ids follow time). */
export const listRetours = async (ctx: Ctx, { apres, taille = TAILLE }: Page) => {
  const after = cursorOf(apres, IdCursor)
  const rows = await rowsOf(ctx, sql`${after ? sql`and r.id < ${after[0]}::uuid` : empty} order by r.id desc limit ${taille + 1}`)
  const [counted] = await ctx.db.$queryRaw<
    [{ n: number }]
  >`select count(*)::int n from retour_bancaire r where ${reachSql(ctx, 'retour_bancaire', 'r')}`
  const page = pageOf(rows, taille, ({ id }) => [id], counted.n)
  return { ...page, items: page.items.map(toRetour) }
}

type LigneRow = {
  rang: number
  numero: number
  reference: string | null
  effet: RetourEffet
  montant: bigint | null
  date_banque: string | null
  motif: string | null
  bordereau_id: string | null
  structure: string | null
}

const toLigne = ({ rang, numero, reference, effet, montant, date_banque, motif, bordereau_id, structure }: LigneRow): RetourLigne => ({
  rang,
  numero,
  reference,
  effet,
  montantCentimes: montant === null ? null : Number(montant),
  dateBanque: date_banque,
  motif,
  bordereau: bordereau_id === null ? null : { id: bordereau_id, structure: structure ?? '' },
})

/** The lines of a file, in its order. */
export const listRetourLignes = async (
  ctx: Ctx,
  { retourId, apres, taille = TAILLE, effet }: Page & { retourId: string; effet?: RetourEffet | undefined },
) => {
  await getRetour(ctx, { retourId })
  const after = cursorOf(apres, z.tuple([z.int()]))
  const where = sql`where ${reachSql(ctx, 'retour_bancaire_ligne', 'l')} and l.retour_id = ${retourId}::uuid ${effet ? sql`and l.effet = ${effet}` : empty}`
  const rows = await ctx.db.$queryRaw<LigneRow[]>`
    select l.rang, l.numero, l.reference, l.effet, l.montant_centimes montant, l.date_banque::text date_banque, l.motif, l.bordereau_id, s.nom structure
      from retour_bancaire_ligne l left join organisation s on s.id = l.structure_id
    ${where} ${after ? sql`and l.rang > ${after[0]}::int` : empty} order by l.rang limit ${taille + 1}`
  const [counted] = await ctx.db.$queryRaw<[{ n: number }]>`select count(*)::int n from retour_bancaire_ligne l ${where}`
  const page = pageOf(rows, taille, ({ rang }) => [rang], counted.n)
  return { ...page, items: page.items.map(toLigne) }
}

/** More than a bank takes a day. */
const MODEL_MAX = 5000
const eurosIn = (centimes: bigint) => `${centimes / 100n},${String(centimes % 100n).padStart(2, '0')}`

/** The file to fill in: its columns, and a line for each transfer that waits for its result, as if the bank had paid today. */
export const retourModel = async (ctx: Ctx): Promise<FileAnswer> => {
  const rows = await ctx.db.$queryRaw<{ reference: string; montant: bigint }[]>`
    select v.reference, v.montant_centimes montant from virement v where ${reachSql(ctx, 'virement', 'v')} and v.statut = 'emis' order by v.reference limit ${MODEL_MAX}`
  const day = ctx.today.split('-').toReversed().join('/')
  const lines = rows.map(({ reference, montant }) => [reference, eurosIn(montant), 'exécuté', day, ''])
  return {
    nom: 'modele-retour-bancaire.csv',
    type: 'text/csv; charset=utf-8',
    contenu: csv([Object.values(RETOUR_COLONNES), ...lines]),
  }
}

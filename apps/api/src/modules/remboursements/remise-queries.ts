import type { RemiseBancaire, Virement } from '@pass/contracts/remises-bancaires.ts'
import type { VirementStatut } from '@pass/domain/bordereaux.ts'
import { z } from 'zod'
import type { Ctx } from '../../platform/context.ts'
import { empty, type Sql, sql } from '../../platform/db.ts'
import { found } from '../../platform/errors.ts'
import { cursorOf, pageOf, TAILLE } from '../../platform/page.ts'
import { reachSql } from '../../platform/reach.ts'

type Row = {
  id: string
  reference: string
  at: Date
  virements: number
  montant: bigint
  sha256: string
  executes: number
  rejetes: number
  attendus: number
}

const toRemise = ({ at, montant, ...row }: Row): RemiseBancaire => ({ ...row, at: at.toISOString(), montantCentimes: Number(montant) })

const rowsOf = (ctx: Ctx, rest: Sql) => ctx.db.$queryRaw<Row[]>`
  select m.id, m.reference, m.at, m.virements, m.montant_centimes montant, m.sha256, v.executes, v.rejetes, v.attendus
    from remise m
    cross join lateral (select count(*) filter (where statut = 'execute')::int executes, count(*) filter (where statut = 'rejete')::int rejetes,
                               count(*) filter (where statut = 'emis')::int attendus
                          from virement where operateur_id = m.operateur_id and remise_id = m.id) v
   where ${reachSql(ctx, 'remise', 'm')} ${rest}`

export const getRemiseBancaire = async (ctx: Ctx, { remiseId }: { remiseId: string }): Promise<RemiseBancaire> => {
  const [row] = await rowsOf(ctx, sql`and m.id = ${remiseId}::uuid`)
  return toRemise(found(row))
}

type Page = { apres?: string | undefined; taille?: number | undefined }
const IdCursor = z.tuple([z.uuid()])

/** Files sent to the bank, the last one first (ids follow time). */
export const listRemises = async (ctx: Ctx, { apres, taille = TAILLE }: Page) => {
  const after = cursorOf(apres, IdCursor)
  const rows = await rowsOf(ctx, sql`${after ? sql`and m.id < ${after[0]}::uuid` : empty} order by m.id desc limit ${taille + 1}`)
  const [counted] = await ctx.db.$queryRaw<[{ n: number }]>`select count(*)::int n from remise m where ${reachSql(ctx, 'remise', 'm')}`
  const page = pageOf(rows, taille, ({ id }) => [id], counted.n)
  return { ...page, items: page.items.map(toRemise) }
}

type VirementRow = {
  bordereau_id: string
  reference: string
  structure_id: string
  structure_nom: string
  iban_masque: string
  montant: bigint
  statut: VirementStatut
  date_banque: string | null
  motif_rejet: string | null
  revenu_le: string | null
}

const toVirement = (row: VirementRow): Virement => ({
  bordereauId: row.bordereau_id,
  reference: row.reference,
  structure: { id: row.structure_id, nom: row.structure_nom },
  ibanMasque: row.iban_masque,
  montantCentimes: Number(row.montant),
  statut: row.statut,
  dateBanque: row.date_banque,
  motifRejet: row.motif_rejet,
  revenuLe: row.revenu_le,
})

/** The transfers of a file, in the order of their references. */
export const listVirements = async (
  ctx: Ctx,
  { remiseId, apres, taille = TAILLE, statut }: Page & { remiseId: string; statut?: VirementStatut | undefined },
) => {
  await getRemiseBancaire(ctx, { remiseId })
  const after = cursorOf(apres, z.tuple([z.string().max(40)]))
  const where = sql`where ${reachSql(ctx, 'virement', 'v')} and v.remise_id = ${remiseId}::uuid ${statut ? sql`and v.statut = ${statut}` : empty}`
  const rows = await ctx.db.$queryRaw<VirementRow[]>`
    select v.bordereau_id, v.reference, v.organisation_id structure_id, s.nom structure_nom, c.iban_masque, v.montant_centimes montant, v.statut,
           v.date_banque::text date_banque, v.motif_rejet, v.revenu_le::text revenu_le
      from virement v join organisation s on s.id = v.organisation_id join compte_bancaire c on c.organisation_id = v.organisation_id and c.id = v.compte_id
    ${where} ${after ? sql`and v.reference > ${after[0]}` : empty} order by v.reference limit ${taille + 1}`
  const [counted] = await ctx.db.$queryRaw<[{ n: number }]>`select count(*)::int n from virement v ${where}`
  const page = pageOf(rows, taille, ({ reference }) => [reference], counted.n)
  return { ...page, items: page.items.map(toVirement) }
}

/** The file as it was sent, byte for byte. */
export const downloadRemise = async (ctx: Ctx, { remiseId }: { remiseId: string }) => {
  const [row] = await ctx.db.$queryRaw<{ reference: string; xml: string }[]>`
    select m.reference, m.xml from remise m where ${reachSql(ctx, 'remise', 'm')} and m.id = ${remiseId}::uuid`
  const { reference, xml } = found(row)
  return { nom: `${reference}.xml`, type: 'application/xml', contenu: new TextEncoder().encode(xml) }
}

import { ACCOUNT_LABELS, ACCOUNT_NATURES, type AccountNature, TRANSFER_MOTIF_LABELS, type TransferMotif } from '@pass/domain/comptes.ts'
import { dayEnd } from '@pass/domain/livres.ts'
import { z } from 'zod'
import type { Ctx } from '../../platform/context.ts'
import { empty, sql, type Sql } from '../../platform/db.ts'
import { found } from '../../platform/errors.ts'
import { cursorOf, pageOf, TAILLE } from '../../platform/page.ts'
import { reach, reachSql } from '../../platform/reach.ts'

/** The convention, or 404 out of reach. */
export const requireConvention = async (ctx: Ctx, conventionId: string) =>
  found(
    await ctx.db.convention.findFirst({
      where: { id: conventionId, ...reach(ctx, 'convention') },
      select: { id: true, reference: true, nom: true, dateDebut: true },
    }),
  )

type AccountRow = {
  nature: AccountNature
  structure: string | null
  structure_id: string | null
  financeur: string | null
  financeur_cle: string | null
  solde: bigint
}

/** A financeur that is an organisation has its name; another one is called what its convention calls it. */
const financeurName = (cle: Sql, conventionId: string): Sql => sql`coalesce((select f.nom from organisation f where f.id::text = ${cle}),
  (select p.nom from partage_part p where p.convention_id = ${conventionId}::uuid and p.cle = ${cle} order by p.at desc limit 1), nullif(split_part(${cle}, ':', 2), ''))`
const FINANCEUR = sql`a.financeur_cle`

/** Balances now: they follow the transfers by trigger. */
const balances = (ctx: Ctx, conventionId: string) => ctx.db.$queryRaw<AccountRow[]>`
  select a.nature, o.nom as structure, a.structure_id, ${financeurName(FINANCEUR, conventionId)} as financeur, a.financeur_cle, a.solde_centimes as solde
    from account a left join organisation o on o.id = a.structure_id
   where a.convention_id = ${conventionId}::uuid and ${reachSql(ctx, 'account', 'a')}
   order by o.nom, a.financeur_cle, a.id`

/** Balances at the end of a day: the sum of what was posted until then. An account that did not exist yet is not there. */
const balancesAt = (ctx: Ctx, conventionId: string, au: string) => ctx.db.$queryRaw<AccountRow[]>`
  with poste as (
    select t.de_id, t.vers_id, t.montant_centimes from transfer t
     where t.convention_id = ${conventionId}::uuid and ${reachSql(ctx, 'transfer', 't')} and t.at < ${dayEnd(au)}::timestamptz),
  solde as (
    select id, sum(montant)::bigint as montant
      from (select vers_id as id, montant_centimes as montant from poste union all select de_id, -montant_centimes from poste) m group by id)
  select a.nature, o.nom as structure, a.structure_id, ${financeurName(FINANCEUR, conventionId)} as financeur, a.financeur_cle, s.montant as solde
    from solde s join account a on a.id = s.id left join organisation o on o.id = a.structure_id
   where a.convention_id = ${conventionId}::uuid and ${reachSql(ctx, 'account', 'a')}
   order by o.nom, a.financeur_cle, a.id`

/** Balances of a convention, in the order money goes through them. Their sum is 0, whoever reads them, on any day. */
export const getGrandLivre = async (ctx: Ctx, { conventionId, au }: { conventionId: string; au?: string | undefined }) => {
  await requireConvention(ctx, conventionId)
  const rows = await (au === undefined ? balances(ctx, conventionId) : balancesAt(ctx, conventionId, au))
  const comptes = rows
    .map(({ nature, structure, structure_id: structureId, financeur, financeur_cle: financeurCle, solde }) => ({
      nature,
      libelle: ACCOUNT_LABELS[nature],
      structure,
      structureId,
      financeur,
      financeurCle,
      soldeCentimes: Number(solde),
    }))
    .toSorted((a, b) => ACCOUNT_NATURES.indexOf(a.nature) - ACCOUNT_NATURES.indexOf(b.nature))
  return { comptes, sommeCentimes: comptes.reduce((sum, { soldeCentimes }) => sum + soldeCentimes, 0), au: au ?? null }
}

type Side = { nature: AccountNature; titulaire: string | null }
export type TransferRow = { rang: bigint; total: bigint; motif: TransferMotif; montant: bigint; at: Date; de: Side; vers: Side }

const sideLabel = ({ nature, titulaire }: Side) => (titulaire ? `${ACCOUNT_LABELS[nature]} (${titulaire})` : ACCOUNT_LABELS[nature])
export const toTransfer = ({ rang, motif, montant, at, de, vers }: TransferRow) => ({
  cle: String(rang),
  de: sideLabel(de),
  vers: sideLabel(vers),
  motif: TRANSFER_MOTIF_LABELS[motif],
  montantCentimes: Number(montant),
  at: at.toISOString(),
})

export type TransferFilter = {
  conventionId: string
  nature?: AccountNature | undefined
  structureId?: string | undefined
  financeurCle?: string | undefined
  motif?: TransferMotif | undefined
  du?: string | undefined
  au?: string | undefined
}

const filtersSql = ({ nature, structureId, financeurCle, motif, du, au }: TransferFilter): Sql =>
  sql`true
    ${nature ? sql`and ${nature} in (d.nature, v.nature)` : empty}
    ${structureId ? sql`and t.structure_id = ${structureId}::uuid` : empty}
    ${financeurCle ? sql`and ${financeurCle} in (d.financeur_cle, v.financeur_cle)` : empty}
    ${motif ? sql`and t.motif = ${motif}` : empty}
    ${du ? sql`and t.at >= (${du}::date)::timestamp at time zone 'Europe/Paris'` : empty}
    ${au ? sql`and t.at < ${dayEnd(au)}::timestamptz` : empty}`

const titulaireSql = (side: 'd' | 'v', conventionId: string): Sql => {
  const account = side === 'd' ? sql`l.de` : sql`l.vers`
  return sql`jsonb_build_object('nature', ${account}->>'nature', 'titulaire', coalesce(
    (select o.nom from organisation o where o.id = (${account}->>'structure')::uuid), ${financeurName(sql`(${account}->>'financeur')`, conventionId)}))`
}

/**
 * Lines of a convention's books, the last one first. The ledger only ever grows at its end, so the rank of a line in its convention
 * never changes, whatever is filtered: it is its key and its cursor, and no internal id leaves.
 */
export const transferRows = (ctx: Ctx, filter: TransferFilter, { before, most }: { before: number | null; most: number }) =>
  ctx.db.$queryRaw<TransferRow[]>`
    with livre as (
      select t.*, row_number() over (order by t.id) as rang from transfer t
       where t.convention_id = ${filter.conventionId}::uuid and ${reachSql(ctx, 'transfer', 't')}),
    lignes as (
      select t.rang, count(*) over () as total, t.motif, t.montant_centimes as montant, t.at,
             jsonb_build_object('nature', d.nature, 'structure', d.structure_id, 'financeur', d.financeur_cle) as de,
             jsonb_build_object('nature', v.nature, 'structure', v.structure_id, 'financeur', v.financeur_cle) as vers
        from livre t
        join account d on d.collectivite_id = t.collectivite_id and d.id = t.de_id
        join account v on v.collectivite_id = t.collectivite_id and v.id = t.vers_id
       where ${filtersSql(filter)})
    select l.rang, l.total, l.motif, l.montant, l.at, ${titulaireSql('d', filter.conventionId)} as de, ${titulaireSql('v', filter.conventionId)} as vers
      from lignes l where ${before === null ? sql`true` : sql`l.rang < ${before}::bigint`}
     order by l.rang desc limit ${most}`

/** A page of them; filters keep those of an account, of a motif, of a period. */
export const listTransfers = async (ctx: Ctx, query: TransferFilter & { apres?: string | undefined; taille?: number | undefined }) => {
  const { apres, taille = TAILLE, ...filter } = query
  await requireConvention(ctx, filter.conventionId)
  const before = cursorOf(apres, z.int())
  const rows = await transferRows(ctx, filter, { before, most: taille + 1 })
  const page = pageOf(rows, taille, ({ rang }) => Number(rang), Number(rows[0]?.total ?? 0))
  return { ...page, items: page.items.map(toTransfer) }
}

import { ACCOUNT_LABELS, ACCOUNT_NATURES, type AccountNature, TRANSFER_MOTIF_LABELS, type TransferMotif } from '@pass/domain/comptes.ts'
import { z } from 'zod'
import type { Ctx } from '../../platform/context.ts'
import { empty, sql } from '../../platform/db.ts'
import { found } from '../../platform/errors.ts'
import { cursorOf, pageOf, TAILLE } from '../../platform/page.ts'
import { reach, reachSql } from '../../platform/reach.ts'

const requireConvention = async (ctx: Ctx, conventionId: string) =>
  found(await ctx.db.convention.findFirst({ where: { id: conventionId, ...reach(ctx, 'convention') }, select: { id: true } }))

/** Balances of a convention, in the order money goes through them. Their sum is 0, whoever reads them. */
export const getGrandLivre = async (ctx: Ctx, { conventionId }: { conventionId: string }) => {
  await requireConvention(ctx, conventionId)
  const rows = await ctx.db.$queryRaw<{ nature: AccountNature; structure: string | null; solde: bigint }[]>`
    select a.nature, o.nom as structure, a.solde_centimes as solde
      from account a left join organisation o on o.id = a.structure_id
     where a.convention_id = ${conventionId}::uuid and ${reachSql(ctx, 'account', 'a')}
     order by o.nom, a.id`
  const comptes = rows
    .map(({ nature, structure, solde }) => ({ nature, libelle: ACCOUNT_LABELS[nature], structure, soldeCentimes: Number(solde) }))
    .toSorted((a, b) => ACCOUNT_NATURES.indexOf(a.nature) - ACCOUNT_NATURES.indexOf(b.nature))
  return { comptes, sommeCentimes: comptes.reduce((sum, { soldeCentimes }) => sum + soldeCentimes, 0) }
}

type Side = { nature: AccountNature; structure: string | null }
type TransferRow = { rang: bigint; total: bigint; motif: TransferMotif; montant: bigint; at: Date; de: Side; vers: Side }

const sideLabel = ({ nature, structure }: Side) => (structure ? `${ACCOUNT_LABELS[nature]} (${structure})` : ACCOUNT_LABELS[nature])
const toTransfer = ({ rang, motif, montant, at, de, vers }: TransferRow) => ({
  cle: String(rang),
  de: sideLabel(de),
  vers: sideLabel(vers),
  motif: TRANSFER_MOTIF_LABELS[motif],
  montantCentimes: Number(montant),
  at: at.toISOString(),
})

type TransfersQuery = { conventionId: string; nature?: AccountNature | undefined; apres?: string | undefined; taille?: number | undefined }

/**
 * Transfers of a convention, the last one first; `nature` keeps those in or out of an account. The list only ever grows at its
 * end, so the rank of a line never changes: it is its key and its cursor, and no internal id leaves.
 */
export const listTransfers = async (ctx: Ctx, { conventionId, nature, apres, taille = TAILLE }: TransfersQuery) => {
  await requireConvention(ctx, conventionId)
  const before = cursorOf(apres, z.int())
  const rows = await ctx.db.$queryRaw<TransferRow[]>`
    with lignes as (
      select row_number() over (order by t.id) as rang, count(*) over () as total, t.motif, t.montant_centimes as montant, t.at, t.structure_id, d.nature as de, v.nature as vers
        from transfer t
        join account d on d.collectivite_id = t.collectivite_id and d.id = t.de_id
        join account v on v.collectivite_id = t.collectivite_id and v.id = t.vers_id
       where t.convention_id = ${conventionId}::uuid and ${reachSql(ctx, 'transfer', 't')}
         ${nature ? sql`and ${nature} in (d.nature, v.nature)` : empty})
    select l.rang, l.total, l.motif, l.montant, l.at,
           jsonb_build_object('nature', l.de, 'structure', case when l.de in ('du', 'en_paiement', 'paye') then o.nom end) as de,
           jsonb_build_object('nature', l.vers, 'structure', case when l.vers in ('du', 'en_paiement', 'paye') then o.nom end) as vers
      from lignes l left join organisation o on o.id = l.structure_id
     where ${before === null ? sql`true` : sql`l.rang < ${before}::bigint`}
     order by l.rang desc limit ${taille + 1}`
  const page = pageOf(rows, taille, ({ rang }) => Number(rang), Number(rows[0]?.total ?? 0))
  return { ...page, items: page.items.map(toTransfer) }
}

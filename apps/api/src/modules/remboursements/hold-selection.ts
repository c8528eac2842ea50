import type { BordereauStatut } from '@pass/domain/bordereaux.ts'
import type { Ctx } from '../../platform/context.ts'
import { NotFound } from '../../platform/errors.ts'
import { reachSql } from '../../platform/reach.ts'

/** A bordereau whose row is locked, with what a release or a bank's answer needs to know of it. */
export type HeldBordereau = {
  id: string
  structureId: string
  reference: string
  mois: string
  statut: BordereauStatut
  montantCentimes: number
  arretePar: string
  controlePar: string | null
  /** Every person who approved it. */
  approuvePar: readonly string[]
  transmisAt: Date | null
  compte: { id: string; titulaire: string; iban: string; isAccepte: boolean }
}

type Row = {
  id: string
  structure_id: string
  reference: string
  mois: string
  statut: BordereauStatut
  montant: bigint
  arrete_par: string
  controle_par: string | null
  approuve_par: string | null
  transmis_at: Date | null
  compte_id: string
  titulaire: string
  iban: string
  accepte: boolean
}

type Approval = { bordereau_id: string; utilisateur_id: string }

/**
 * These bordereaux, their rows locked in the order of their ids: of two people at once, the second reads what the first did. One that is
 * absent or out of reach, and all is 404.
 */
export const holdSelection = async (ctx: Pick<Ctx, 'db' | 'actor'>, bordereauIds: readonly string[]): Promise<HeldBordereau[]> => {
  const ids = [...new Set(bordereauIds)]
  const rows = await ctx.db.$queryRaw<Row[]>`
    select b.id, b.organisation_id structure_id, b.reference, b.mois, b.statut, b.montant_centimes montant, b.arrete_par, b.controle_par, b.approuve_par,
           b.transmis_at, coalesce(n.id, c.id) compte_id, coalesce(n.titulaire, c.titulaire) titulaire, coalesce(n.iban, c.iban) iban,
           n.id is not null or c.statut = 'accepte' accepte
      from bordereau b join compte_bancaire c on c.organisation_id = b.organisation_id and c.id = b.compte_id
      -- the bank refused its account for another transfer: the one accepted since takes its place
      left join compte_bancaire n on n.organisation_id = b.organisation_id and n.statut = 'accepte' and c.statut = 'refuse'
     where ${reachSql(ctx, 'bordereau', 'b')} and b.id = any (${ids}::uuid[]) order by b.id for no key update of b`
  if (rows.length !== ids.length) throw new NotFound()
  const approvals = await ctx.db.$queryRaw<Approval[]>`
    select bordereau_id, utilisateur_id from bordereau_approbation a where ${reachSql(ctx, 'bordereau_approbation', 'a')} and a.bordereau_id = any (${ids}::uuid[])`
  const byBordereau = Map.groupBy(approvals, ({ bordereau_id }) => bordereau_id)
  return rows.map((row) => ({
    id: row.id,
    structureId: row.structure_id,
    reference: row.reference,
    mois: row.mois,
    statut: row.statut,
    montantCentimes: Number(row.montant),
    arretePar: row.arrete_par,
    controlePar: row.controle_par,
    approuvePar: [
      ...new Set([
        ...(byBordereau.get(row.id) ?? []).map(({ utilisateur_id }) => utilisateur_id),
        ...(row.approuve_par ? [row.approuve_par] : []),
      ]),
    ],
    transmisAt: row.transmis_at,
    compte: { id: row.compte_id, titulaire: row.titulaire, iban: row.iban, isAccepte: row.accepte },
  }))
}

import type { BordereauActors, BordereauStatut } from '@pass/domain/bordereaux.ts'
import type { Ctx } from '../../platform/context.ts'
import { sql } from '../../platform/db.ts'
import { found, won } from '../../platform/errors.ts'
import { fact } from '../../platform/facts.ts'
import { reachSql } from '../../platform/reach.ts'

export type Held = BordereauActors & {
  id: string
  structureId: string
  structureNom: string
  reference: string
  mois: string
  montantCentimes: number
  compteId: string
  transmisAt: Date | null
}

type Row = {
  structure_id: string
  structure_nom: string
  reference: string
  mois: string
  statut: BordereauStatut
  montant: bigint
  compte_id: string
  arrete_par: string
  controle_par: string | null
  approuve_par: string | null
  transmis_at: Date | null
}

/** The bordereau and who acted so far, its row locked: of two people at once, the second reads what the first did. */
export const holdBordereau = async (ctx: Ctx, bordereauId: string): Promise<Held> => {
  const [row] = await ctx.db.$queryRaw<
    Row[]
  >`select b.organisation_id structure_id, s.nom structure_nom, b.reference, b.mois, b.statut, b.montant_centimes montant, b.compte_id,
      b.arrete_par, b.controle_par, b.approuve_par, b.transmis_at
    from bordereau b join organisation s on s.id = b.organisation_id
    where ${reachSql(ctx, 'bordereau', 'b')} and b.id = ${bordereauId}::uuid for no key update of b`
  const held = found(row)
  return {
    id: bordereauId,
    structureId: held.structure_id,
    structureNom: held.structure_nom,
    reference: held.reference,
    mois: held.mois,
    statut: held.statut,
    montantCentimes: Number(held.montant),
    compteId: held.compte_id,
    arretePar: held.arrete_par,
    controlePar: held.controle_par,
    approuvePar: held.approuve_par,
    transmisAt: held.transmis_at,
    acteur: ctx.actor.utilisateurId,
  }
}

type Change = ReturnType<typeof sql>

/** One step of the machine: the columns it fills, from the statut that was read, and its fact. */
export const moveBordereau = async (ctx: Ctx, { id, structureId, statut }: Held, { to, set }: { to: BordereauStatut; set: Change }) => {
  won(
    await ctx.db
      .$executeRaw`update bordereau set statut = ${to}, ${set} where organisation_id = ${structureId}::uuid and id = ${id}::uuid and statut = ${statut}`,
  )
  await fact(ctx, { sujet: `bordereau.${to}`, objet: { bordereauId: id } })
}

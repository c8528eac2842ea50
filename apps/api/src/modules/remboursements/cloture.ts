import type { Cloture } from '@pass/contracts/bordereaux.ts'
import { cutOff, raisonNonPaye } from '@pass/domain/bordereaux.ts'
import type { Ctx } from '../../platform/context.ts'

type Compte = 'aucun' | 'en_verification' | 'accepte' | 'rejete'
type Row = {
  structure_id: string
  nom: string
  pass: number
  montant: bigint
  compte_id: string | null
  compte: Compte
  suspendue: boolean
  deja: boolean
}

/** What is due to a structure at the end of a month, and whether it goes into a bordereau. */
export type Due = {
  structure: { id: string; nom: string }
  pass: number
  montantCentimes: number
  compteId: string | null
  compte: Compte
  suspendue: boolean
  deja: boolean
}
export type Ready = Due & { compteId: string }

/** Paid now: an accepted account, a label not suspended, no bordereau of that month yet. */
export const isReady = (due: Due): due is Ready => due.compteId !== null && !due.suspendue && !due.deja

/** What each structure is owed for uses before the end of the month, in the order of the numbers they would take. */
export const dueAt = async (ctx: Ctx, mois: string): Promise<Due[]> => {
  const me = ctx.actor.organisationId
  const rows = await ctx.db.$queryRaw<Row[]>`
    with due as (
      select structure_id, count(*)::int pass, sum(montant_centimes)::bigint montant from redemption
       where operateur_id = ${me}::uuid and statut = 'a_payer' and not a_examiner and at < ${cutOff(mois)}::timestamptz group by structure_id),
    compte as (
      select c.organisation_id, bool_or(c.statut = 'accepte') accepte, bool_or(c.statut = 'propose') propose, bool_or(c.statut = 'refuse') refuse
        from compte_bancaire c join due d on d.structure_id = c.organisation_id group by c.organisation_id)
    select d.structure_id, o.nom, d.pass, d.montant, a.id compte_id,
           case when c.accepte then 'accepte' when c.propose then 'en_verification' when c.refuse then 'rejete' else 'aucun' end compte,
           coalesce(f.statut = 'suspendu', false) suspendue, b.id is not null deja
      from due d join organisation o on o.id = d.structure_id
      left join compte c on c.organisation_id = d.structure_id
      left join compte_bancaire a on a.organisation_id = d.structure_id and a.statut = 'accepte'
      left join labellisation f on f.organisation_id = d.structure_id
      left join bordereau b on b.organisation_id = d.structure_id and b.operateur_id = ${me}::uuid and b.mois = ${mois}
     order by o.nom, d.structure_id`
  return rows.map(({ structure_id: id, nom, montant, compte_id: compteId, ...row }) => ({
    ...row,
    structure: { id, nom },
    montantCentimes: Number(montant),
    compteId,
  }))
}

const figuresOf = ({ structure, pass, montantCentimes }: Due) => ({ structure, pass, montantCentimes })

/** The answer of a closing, real or not: what goes into bordereaux, and the one reason of what does not. */
export const clotureOf = (mois: string, due: readonly Due[]): Cloture => {
  const ready = due.filter(isReady)
  return {
    mois,
    bordereaux: ready.map(figuresOf),
    pass: ready.reduce((sum, { pass }) => sum + pass, 0),
    montantCentimes: ready.reduce((sum, { montantCentimes }) => sum + montantCentimes, 0),
    enAttente: due
      .filter((one) => !isReady(one))
      .map((one) => ({
        ...figuresOf(one),
        raison: raisonNonPaye({ contestee: false, compte: one.compte, suspendue: one.suspendue, annulable: false }),
      })),
  }
}

export const previewCloture = async (ctx: Ctx, { mois }: { mois: string }): Promise<Cloture> => clotureOf(mois, await dueAt(ctx, mois))

import { type Avis, creanceMachine, whyNotDecide, whyNotExamine, whyNotPayCreance } from '@pass/domain/creances.ts'
import { rolesWith } from '@pass/domain/droits.ts'
import { formatDay } from '@pass/domain/days.ts'
import { euros, pluralPass } from '@pass/domain/money.ts'
import { homePath } from '@pass/domain/organisations.ts'
import { refuse } from '@pass/domain/refusal.ts'
import type { Ctx } from '../../platform/context.ts'
import { enforce, won } from '../../platform/errors.ts'
import { fact } from '../../platform/facts.ts'
import { notify } from '../../platform/notify.ts'
import { lockFonds, post } from '../comptabilite/public.ts'
import { listPieces } from '../fichiers/public.ts'
import { constatsOf, getCreance, OBJET_CREANCE, readCreance, retainable } from './creance-queries.ts'

type Row = Awaited<ReturnType<typeof readCreance>>
type Said = { creanceId: string; avis: Avis }

const tellStructure = (ctx: Ctx, { organisation_id, reference, id }: Row, code: string, titre: string, texte: string) =>
  notify(ctx, {
    organisationId: organisation_id,
    roles: rolesWith('creance:declare'),
    categorie: 'suivi',
    code,
    titre: `Créance ${reference} ${titre}`,
    texte,
    lien: `${homePath('structure')}creances/${id}`,
  })

/** The first person looks at the proof and at what the take-over says of each pass, and advises. */
export const examineCreance = async (ctx: Ctx, { creanceId, avis, motif }: Said & { motif: string }) => {
  const row = await readCreance(ctx, creanceId, { lock: true })
  const pieces = await listPieces(ctx, { objet: OBJET_CREANCE, objetId: creanceId })
  const { pass: retenus } = retainable(await constatsOf(ctx, row), row)
  enforce(whyNotExamine({ statut: row.statut, pieces: pieces.length, retenus, avis }))
  const count = await ctx.db.$executeRaw`
    update creance set statut = ${creanceMachine.examine.to}, avis = ${avis}, motif = ${motif}, examinee_par = ${ctx.actor.utilisateurId}::uuid, examinee_at = ${ctx.now}
     where organisation_id = ${row.organisation_id}::uuid and id = ${creanceId}::uuid and statut = ${row.statut}`
  won(count)
  await fact(ctx, { sujet: 'creance.examinee', collectiviteId: row.collectivite_id, objet: { creanceId } })
  return getCreance(ctx, { creanceId })
}

/** What is granted is owed to the structure from now on, out of the funds of the convention: `fonds → du`. */
const grant = async (ctx: Ctx, row: Row, rangs: readonly number[], montantCentimes: number): Promise<void> => {
  await ctx.db.$executeRaw`
    update creance_pass set retenu = true
     where organisation_id = ${row.organisation_id}::uuid and creance_id = ${row.id}::uuid and rang = any (${[...rangs]}::int[])`
  await post(ctx, [
    {
      collectiviteId: row.collectivite_id,
      conventionId: row.convention_id,
      operateurId: row.operateur_id,
      structureId: row.organisation_id,
      motif: 'creance',
      montantCentimes,
      objetId: row.id,
    },
  ])
}

/** The second person accepts what can be retained today, or refuses the whole. */
export const decideCreance = async (ctx: Ctx, { creanceId, avis, motif }: Said & { motif: string | null }) => {
  const row = await readCreance(ctx, creanceId, { lock: true })
  const fondsCentimes = await lockFonds(ctx, { collectiviteId: row.collectivite_id, conventionId: row.convention_id })
  const lines = await constatsOf(ctx, row)
  const retenu = retainable(lines, row)
  const par = ctx.actor.utilisateurId
  enforce(
    whyNotDecide({ statut: row.statut, examineePar: row.examinee_par, par, avis, retenuCentimes: retenu.montantCentimes, fondsCentimes }),
  )
  const isGranted = avis === 'accepter'
  if (isGranted && retenu.pass === 0) enforce(refuse('creance_statut', 'Aucun pass de cette créance n’est plus impayé : refusez-la.'))
  const count = await ctx.db.$executeRaw`
    update creance set statut = ${creanceMachine[isGranted ? 'accept' : 'refuse'].to}, retenus = ${isGranted ? retenu.pass : 0}, decision_motif = ${motif},
           montant_retenu_centimes = ${isGranted ? retenu.montantCentimes : 0}, decidee_par = ${par}::uuid, decidee_at = ${ctx.now}
     where organisation_id = ${row.organisation_id}::uuid and id = ${creanceId}::uuid and statut = ${row.statut}`
  won(count)
  const rangs = lines.filter(({ constat }) => constat === 'impaye').map(({ rang }) => rang)
  if (isGranted) await grant(ctx, row, rangs, retenu.montantCentimes)
  await fact(ctx, { sujet: `creance.${isGranted ? 'acceptee' : 'refusee'}`, collectiviteId: row.collectivite_id, objet: { creanceId } })
  await (isGranted
    ? tellStructure(
        ctx,
        row,
        'creance_acceptee',
        'acceptée',
        `${pluralPass(retenu.pass)} retenus, ${euros(retenu.montantCentimes)} à vous payer.`,
      )
    : tellStructure(ctx, row, 'creance_refusee', 'refusée', `Motif : ${motif ?? row.motif ?? ''}`))
  return getCreance(ctx, { creanceId })
}

type Paid = { creanceId: string; reference: string; dateBanque: string }

/** The third person notes the transfer that the bank made: `du → paye`. */
export const payCreance = async (ctx: Ctx, { creanceId, reference, dateBanque }: Paid) => {
  const row = await readCreance(ctx, creanceId, { lock: true })
  enforce(whyNotPayCreance({ statut: row.statut, decideePar: row.decidee_par, par: ctx.actor.utilisateurId }))
  const later = 'Cette date n’est pas encore passée.'
  enforce(dateBanque > ctx.today ? refuse('demande_malformee', later, [{ chemin: 'dateBanque', message: later }]) : null, 400)
  const count = await ctx.db.$executeRaw`
    update creance set statut = ${creanceMachine.pay.to}, reference_virement = ${reference}, date_banque = ${dateBanque}::date, payee_par = ${ctx.actor.utilisateurId}::uuid,
           payee_at = ${ctx.now}
     where organisation_id = ${row.organisation_id}::uuid and id = ${creanceId}::uuid and statut = ${row.statut}`
  won(count)
  const montantCentimes = Number(row.montant_retenu_centimes)
  await post(ctx, [
    {
      collectiviteId: row.collectivite_id,
      conventionId: row.convention_id,
      operateurId: row.operateur_id,
      structureId: row.organisation_id,
      motif: 'creance_payee',
      montantCentimes,
      objetId: row.id,
    },
  ])
  await fact(ctx, { sujet: 'creance.payee', collectiviteId: row.collectivite_id, objet: { creanceId } })
  await tellStructure(
    ctx,
    row,
    'creance_payee',
    'payée',
    `${euros(montantCentimes)} par virement du ${formatDay(dateBanque)}, référence ${reference}.`,
  )
  return getCreance(ctx, { creanceId })
}

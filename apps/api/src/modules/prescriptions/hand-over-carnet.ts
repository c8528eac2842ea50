import { whyNotIdentify } from '@pass/domain/beneficiaires.ts'
import { whyNotHandOver } from '@pass/domain/carnets.ts'
import { whyNotDistribute } from '@pass/domain/convention-fin.ts'
import type { PublicCode } from '@pass/domain/conventions.ts'
import { type BesoinCode, type DiagnosticReponses, niveauOf, whyNotRecord } from '@pass/domain/prescriptions.ts'
import type { Ctx } from '../../platform/context.ts'
import { enforce } from '../../platform/errors.ts'
import { fact } from '../../platform/facts.ts'
import { findSamePerson, type Personne, registerBeneficiaire } from '../beneficiaires/public.ts'
import { type HeldCarnet, markHandedOver, readCarnetBySerie, serieFrom } from '../distribution/public.ts'
import { checkCommune } from '../referentiels/public.ts'
import { getPrescription } from './queries.ts'

type Input = {
  numero: string
  reponses: DiagnosticReponses
  besoin: BesoinCode
  public: PublicCode
  consentement: boolean
  personne: Personne | null
  motifDerogation: string | null
}

const insertPrescription = async (ctx: Ctx, carnet: HeldCarnet, beneficiaireId: string | null, input: Input) => {
  const niveau = niveauOf(input.reponses)
  const [row] = await ctx.db.$queryRaw<{ id: string }[]>`
    insert into prescription (collectivite_id, id, prescripteur_id, convention_id, carnet_id, beneficiaire_id, reponses, niveau, besoin, public, consentement,
      motif_derogation, utilisateur_id, remis_at, convention_version)
    values (${carnet.collectiviteId}::uuid, uuidv7(), ${ctx.actor.organisationId}::uuid, ${carnet.conventionId}::uuid, ${carnet.id}, ${beneficiaireId}::uuid,
      ${JSON.stringify(input.reponses)}::jsonb, ${niveau}, ${input.besoin}, ${input.public}, ${input.consentement}, ${input.motifDerogation || null},
      ${ctx.actor.utilisateurId}::uuid, ${ctx.now}, ${carnet.convention.version})
    returning id`
  return row!.id
}

/**
 * Hands a carnet over to a person after the diagnostic: the rules of the carnet, then those of the person. The convention says
 * whether anything is asked of the person; a NIR is refused wherever it was typed.
 */
export const handOverCarnet = async (ctx: Ctx, input: Input) => {
  const { personne, motifDerogation } = input
  enforce(whyNotRecord(input), 400)
  const carnet = await readCarnetBySerie(ctx, serieFrom(input.numero))
  const { collectiviteId, convention } = carnet
  enforce(whyNotDistribute(convention.statut))
  enforce(whyNotIdentify({ identite: convention.identite, nommee: personne !== null }))
  await checkCommune(ctx, personne?.commune ?? null, 'personne.commune')
  const known = personne && (await findSamePerson(ctx, collectiviteId, personne))
  enforce(
    whyNotHandOver(
      {
        ...carnet,
        diagnosticFait: niveauOf(input.reponses) !== null,
        publicEligible: convention.publics.includes(input.public),
        consentement: input.consentement,
        aDejaUnCarnetVivant: (known?.vivants ?? 0) > 0,
        override: { secondCarnet: motifDerogation ?? '' },
      },
      ctx.today,
    ),
  )
  const beneficiaireId = personne && (await registerBeneficiaire(ctx, collectiviteId, personne, known))
  await markHandedOver(ctx, carnet, beneficiaireId)
  const prescriptionId = await insertPrescription(ctx, carnet, beneficiaireId, input)
  await fact(ctx, { sujet: 'carnet.remis', collectiviteId, objet: { prescriptionId } })
  return getPrescription(ctx, { prescriptionId })
}

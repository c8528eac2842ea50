import type { Output } from '@pass/contracts/route.ts'
import { REFUSAL_MESSAGES } from '@pass/domain/refusal.ts'
import { useContractForm } from '@pass/web/form.ts'
import { CARNET_READS, handOverCarnet } from '../calls.ts'

const { body } = handOverCarnet

/** The call, with the agreement asked for in the page already: the API refuses without it. */
const handOver = {
  ...handOverCarnet,
  body: body.extend({ consentement: body.shape.consentement.refine(Boolean, REFUSAL_MESSAGES.consentement_manquant) }),
}

/** The form of one hand-over. `personne` is null until the convention of the carnet asks for it. */
export const useRemiseForm = (onSuccess: (prescription: Output<typeof handOverCarnet>) => void, numero: string) =>
  useContractForm(handOver, {
    defaultValues: { numero, consentement: false, personne: null, motifDerogation: null },
    invalidates: CARNET_READS,
    onSuccess,
  })

export type RemiseForm = ReturnType<typeof useRemiseForm>

/** Refusals that a written reason lifts: the box appears once the server has said so. */
export const LIFTED_BY_REASON: readonly string[] = ['carnet_deja_remis']

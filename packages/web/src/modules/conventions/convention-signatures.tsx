import { accueilRoutes } from '@pass/contracts/accueil.ts'
import { type Convention, conventionRoutes } from '@pass/contracts/conventions.ts'
import { whyNotSign, whyNotSignFor } from '@pass/domain/conventions.ts'
import { useContractForm } from '../../form.ts'
import { useWhyNot } from '../../reason.ts'
import { today, useSession } from '../../session.tsx'
import { FOLLOWED } from './followed.ts'
import { SignatureCard, SignatureForm, signatureStart } from './signature-form.tsx'

type Financeur = Convention['financeurs'][number]
type Signed = (convention: Convention, financeur: Financeur) => void

/** Whose screen this is: the ANCT signs for the State, the collectivité records the others (domain.md section 3). */
const useReason = (convention: Convention, financeur: Financeur): string | null => {
  const { organisation } = useSession()
  const whyNot = useWhyNot()
  const anothers = whyNotSignFor(financeur.nature, organisation.type)
  if (anothers) return anothers.message
  return whyNot('convention:sign', whyNotSign({ ...convention, dejaSigne: financeur.signataire !== null }, today()))
}

type Props = { convention: Convention; financeur: Financeur; onSigned: Signed }

const Sign = ({ convention, financeur, onSigned }: Props) => {
  const form = useContractForm(conventionRoutes.signConvention, {
    params: { conventionId: convention.id },
    defaultValues: signatureStart(financeur.rang),
    invalidates: [conventionRoutes.getConvention, conventionRoutes.listConventions, ...FOLLOWED, accueilRoutes.getAccueil],
    onSuccess: (signed) => onSigned(signed, financeur),
  })
  return <SignatureForm form={form} conventionId={convention.id} financeur={financeur} />
}

const Signature = (props: Props) => {
  const reason = useReason(props.convention, props.financeur)
  return (
    <SignatureCard nom={props.financeur.nom} reason={reason}>
      <Sign {...props} />
    </SignatureCard>
  )
}

/** One form for each signature that is missing; the ones of somebody else stay visible, with who may record them. */
export const ConventionSignatures = ({ convention, onSigned }: { convention: Convention; onSigned: Signed }) => {
  if (convention.statut !== 'brouillon') return null
  return convention.financeurs
    .filter(({ signataire }) => signataire === null)
    .map((financeur) => <Signature key={financeur.rang} {...{ convention, financeur, onSigned }} />)
}

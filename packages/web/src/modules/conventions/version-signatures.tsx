import { accueilRoutes } from '@pass/contracts/accueil.ts'
import { conventionRoutes } from '@pass/contracts/conventions.ts'
import { conventionVersionRoutes, type Version } from '@pass/contracts/conventions-versions.ts'
import { whyNotSignAvenant } from '@pass/domain/convention-termes.ts'
import { whyNotSignFor } from '@pass/domain/conventions.ts'
import { useContractForm } from '../../form.ts'
import { useWhyNot } from '../../reason.ts'
import { useSession } from '../../session.tsx'
import { FOLLOWED } from './followed.ts'
import { type SignatureContractForm, SignatureCard, SignatureForm, signatureStart } from './signature-form.tsx'

type Financeur = Version['financeurs'][number]
type Signed = (version: Version, financeur: Financeur) => void
type Props = { version: Version; financeur: Financeur; onSigned: Signed }

const Sign = ({ version, financeur, onSigned }: Props) => {
  const conventionId = version.convention.id
  const form = useContractForm(conventionVersionRoutes.signAvenant, {
    params: { conventionId, version: version.numero },
    defaultValues: signatureStart(financeur.rang),
    invalidates: [conventionRoutes.getConvention, conventionRoutes.listConventions, ...FOLLOWED, accueilRoutes.getAccueil],
    onSuccess: (signed) => onSigned(signed, financeur),
  })
  // the two routes take one body
  return <SignatureForm form={form as unknown as SignatureContractForm} conventionId={conventionId} financeur={financeur} />
}

const Signature = (props: Props) => {
  const { version, financeur } = props
  const { organisation } = useSession()
  const whyNot = useWhyNot()
  const anothers = whyNotSignFor(financeur.nature, organisation.type)
  const reason = anothers?.message ?? whyNot('convention:sign', whyNotSignAvenant(version, version.convention))
  return (
    <SignatureCard nom={financeur.nom} reason={reason}>
      <Sign {...props} />
    </SignatureCard>
  )
}

/** One form for each signature of an avenant that is missing; the ones of somebody else stay visible, with who may record them. */
export const VersionSignatures = ({ version, onSigned }: { version: Version; onSigned: Signed }) => {
  if (version.statut !== 'brouillon' || version.numero === 1) return null
  const missing = version.financeurs.filter(({ signataire }) => signataire === null)
  return (
    <>
      <h2>Signatures attendues</h2>
      <div className="pile">
        {missing.map((financeur) => (
          <Signature key={financeur.rang} {...{ version, financeur, onSigned }} />
        ))}
      </div>
    </>
  )
}

import { conventionRoutes } from '@pass/contracts/conventions.ts'
import { conventionVersionRoutes, type Version } from '@pass/contracts/conventions-versions.ts'
import { whyNotTouchVersion } from '@pass/domain/convention-termes.ts'
import { apiQuery, paramsOf, useApiMutation, useWarmed, warm } from '@pass/web/api.ts'
import { FOLLOWED } from '@pass/web/modules/conventions/followed.ts'
import { VersionPage } from '@pass/web/modules/conventions/version-page.tsx'
import { VersionSignatures } from '@pass/web/modules/conventions/version-signatures.tsx'
import { useWhyNot } from '@pass/web/reason.ts'
import { ButtonRow, LinkButton } from '@pass/web/ui/button.tsx'
import { ConfirmDialog } from '@pass/web/ui/confirm-dialog.tsx'
import { TextAreaField } from '@pass/web/ui/text-field.tsx'
import { PenLine } from 'lucide-react'
import { useState } from 'react'
import type { LoaderFunctionArgs } from 'react-router'
import { paths } from '../paths.ts'

const { getVersion, abandonAvenant } = conventionVersionRoutes

export const loader = ({ params }: LoaderFunctionArgs) =>
  warm({
    version: apiQuery(getVersion, { params: paramsOf(getVersion, params) }),
  })

const Abandon = ({ version, onDone }: { version: Version; onDone: (fact: string) => void }) => {
  const whyNot = useWhyNot()
  const [motif, setMotif] = useState('')
  const abandon = useApiMutation(abandonAvenant, {
    invalidates: [conventionRoutes.getConvention, ...FOLLOWED],
    onSuccess: () => onDone('Avenant abandonné. La version en vigueur continue.'),
  })
  return (
    <ConfirmDialog
      label="Abandonner l’avenant"
      disabledReason={whyNot('convention:amend', whyNotTouchVersion(version))}
      titre={`Abandonner : ${version.titre} ?`}
      action="Abandonner l’avenant"
      danger
      actionReason={motif.trim() === '' ? 'Indiquez d’abord le motif.' : null}
      onConfirm={() =>
        abandon.mutateAsync({ params: { conventionId: version.convention.id, version: version.numero }, body: { motif: motif.trim() } })
      }
    >
      <p>Il reste lisible, avec ce motif. Vous pourrez en préparer un autre.</p>
      <TextAreaField label="Motif" maxLength={500} value={motif} onChange={({ target }) => setMotif(target.value)} id="motif-abandon" />
    </ConfirmDialog>
  )
}

const said = ({ statut, signaturesManquantes }: Version, nom: string): string =>
  statut === 'en_vigueur'
    ? `Signature enregistrée : ${nom}. Tous les financeurs ont signé : ces règles sont en vigueur.`
    : `Signature enregistrée : ${nom}. Encore attendue : ${signaturesManquantes.join(', ')}.`

export const Component = () => {
  const { version } = useWarmed<typeof loader>()
  const [done, setDone] = useState<string | null>(null)
  const { convention, numero, statut } = version
  const isDraft = statut === 'brouillon' && numero > 1
  return (
    <VersionPage
      version={version}
      paths={paths}
      fait={done}
      agir={
        isDraft && (
          <>
            <VersionSignatures version={version} onSigned={(signed, { nom }) => setDone(said(signed, nom))} />
            <ButtonRow>
              <LinkButton variant="second" icon={PenLine} to={paths.modifierAvenant({ conventionId: convention.id, version: numero })}>
                Modifier l’avenant
              </LinkButton>
              <Abandon version={version} onDone={setDone} />
            </ButtonRow>
          </>
        )
      }
    />
  )
}

import { type Convention, conventionRoutes } from '@pass/contracts/conventions.ts'
import { referentielRoutes } from '@pass/contracts/referentiels.ts'
import { whyNotOpen } from '@pass/domain/conventions.ts'
import { apiQuery, paramsOf, useApiMutation, useWarmed, warm } from '@pass/web/api.ts'
import { ConventionAmounts } from '@pass/web/modules/conventions/convention-amounts.tsx'
import { ConventionBadge } from '@pass/web/modules/conventions/convention-badge.tsx'
import { ConventionFinanceurs } from '@pass/web/modules/conventions/convention-financeurs.tsx'
import { ConventionParameters } from '@pass/web/modules/conventions/convention-parameters.tsx'
import { ConventionSignatures } from '@pass/web/modules/conventions/convention-signatures.tsx'
import { useWhyNot } from '@pass/web/reason.ts'
import { today } from '@pass/web/session.tsx'
import { LinkButton } from '@pass/web/ui/button.tsx'
import { Card } from '@pass/web/ui/card.tsx'
import { ConfirmDialog } from '@pass/web/ui/confirm-dialog.tsx'
import { Notice } from '@pass/web/ui/notice.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { Sheet } from '@pass/web/ui/sheet.tsx'
import { useState } from 'react'
import type { LoaderFunctionArgs } from 'react-router'
import { paths } from '../paths.ts'
import { territoireNames } from '../widgets/territoires.ts'

export const loader = ({ params }: LoaderFunctionArgs) =>
  warm({
    convention: apiQuery(conventionRoutes.getConvention, { params: paramsOf(conventionRoutes.getConvention, params) }),
    departements: apiQuery(referentielRoutes.listDepartements, {}),
  })

const nextOf = ({ financeurs, statut }: Convention): string => {
  const missing = financeurs.filter(({ signataire }) => signataire === null).map(({ nom }) => nom)
  if (missing.length > 0) return `Signature encore attendue : ${missing.join(', ')}.`
  return statut === 'signee' ? 'Tous les financeurs ont signé. Ouvrez la convention pour commander des carnets.' : ''
}

const OpenConvention = ({ convention, onDone }: { convention: Convention; onDone: (fact: string) => void }) => {
  const whyNot = useWhyNot()
  const open = useApiMutation(conventionRoutes.openConvention, {
    invalidates: [conventionRoutes.getConvention, conventionRoutes.listConventions],
    onSuccess: () => onDone('Convention ouverte. Vous pouvez commander des carnets.'),
  })
  const signaturesManquantes = convention.financeurs.filter(({ signataire }) => signataire === null).map(({ nom }) => nom)
  // Unsigned, it is the missing signatures that matter, not the statut they leave behind.
  const statut = convention.statut === 'brouillon' && signaturesManquantes.length > 0 ? 'signee' : convention.statut
  return (
    <Card titre="Ouvrir la convention">
      <p>Une convention ouverte permet de commander des carnets. Ses règles changent ensuite par avenant.</p>
      <div>
        <ConfirmDialog
          label="Ouvrir la convention"
          variant="principal"
          disabledReason={whyNot('convention:open', whyNotOpen({ ...convention, statut, signaturesManquantes }, today()))}
          titre={`Ouvrir la convention ${convention.reference} ?`}
          action={`Ouvrir la convention ${convention.reference}`}
          onConfirm={() => open.mutateAsync({ params: { conventionId: convention.id } })}
        >
          <p>Vous pourrez commander des carnets dès maintenant.</p>
        </ConfirmDialog>
      </div>
    </Card>
  )
}

const Acts = ({ convention, onDone }: { convention: Convention; onDone: (fact: string) => void }) => {
  if (convention.statut === 'active')
    return (
      <Card titre="Commander">
        <p>Cette convention est ouverte.</p>
        <div>
          <LinkButton to={paths.commander({ conventionId: convention.id })}>Commander des carnets</LinkButton>
        </div>
      </Card>
    )
  if (convention.statut !== 'brouillon' && convention.statut !== 'signee') return null
  return (
    <>
      <ConventionSignatures
        convention={convention}
        onSigned={(signed, { nom }) => onDone(`Signature enregistrée : ${nom}. ${nextOf(signed)}`)}
      />
      <OpenConvention convention={convention} onDone={onDone} />
    </>
  )
}

export const Component = () => {
  const { convention, departements } = useWarmed<typeof loader>()
  const [done, setDone] = useState<string | null>(null)
  const conventionId = convention.id
  return (
    <Page
      titre={`Convention ${convention.reference}`}
      fil={[
        { to: paths.accueil(), label: 'Accueil' },
        { to: paths.conventions(), label: 'Conventions' },
      ]}
      intro={convention.nom}
      badge={<ConventionBadge statut={convention.statut} />}
    >
      {done && (
        <Notice tone="bien" live="status">
          {done}
        </Notice>
      )}
      <ConventionAmounts
        convention={convention}
        commandes={paths.commandes({ conventionId })}
        grandLivre={paths.grandLivre({ conventionId, nature: 'fonds' })}
      />
      <h2>Financeurs</h2>
      <ConventionFinanceurs financeurs={convention.financeurs} />
      <Sheet
        agir={<Acts convention={convention} onDone={setDone} />}
        corps={
          <Card titre="Règles du pass">
            <ConventionParameters convention={convention} territoires={territoireNames(departements.items)} />
          </Card>
        }
      />
    </Page>
  )
}

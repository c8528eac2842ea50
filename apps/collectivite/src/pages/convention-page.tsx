import { avoirRoutes } from '@pass/contracts/avoirs.ts'
import { type Convention, conventionRoutes } from '@pass/contracts/conventions.ts'
import { conventionVersionRoutes, type DevoirLu, type VersionSummary } from '@pass/contracts/conventions-versions.ts'
import { referentielRoutes } from '@pass/contracts/referentiels.ts'
import { whyNotOpen } from '@pass/domain/conventions.ts'
import { plural } from '@pass/domain/money.ts'
import { apiQuery, paramsOf, useApiMutation, useWarmed, warm } from '@pass/web/api.ts'
import { ConventionAmounts } from '@pass/web/modules/conventions/convention-amounts.tsx'
import { ConventionBadge } from '@pass/web/modules/conventions/convention-badge.tsx'
import { ConventionFinanceurs } from '@pass/web/modules/conventions/convention-financeurs.tsx'
import { ConventionHistory } from '@pass/web/modules/conventions/convention-history.tsx'
import { ConventionParameters } from '@pass/web/modules/conventions/convention-parameters.tsx'
import { ConventionSignatures } from '@pass/web/modules/conventions/convention-signatures.tsx'
import { DevoirsTable, pendingDevoirs } from '@pass/web/modules/conventions/devoirs-table.tsx'
import { FOLLOWED } from '@pass/web/modules/conventions/followed.ts'
import { VersionPdf } from '@pass/web/modules/conventions/version-sheet.tsx'
import { VersionsTable } from '@pass/web/modules/conventions/versions-table.tsx'
import { AvoirsCard } from '@pass/web/modules/echeances/avoirs-card.tsx'
import { useWhyNot } from '@pass/web/reason.ts'
import { today } from '@pass/web/session.tsx'
import { LinkButton } from '@pass/web/ui/button.tsx'
import { Card } from '@pass/web/ui/card.tsx'
import { ConfirmDialog } from '@pass/web/ui/confirm-dialog.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { Sheet } from '@pass/web/ui/sheet.tsx'
import { useState } from 'react'
import { Link, type LoaderFunctionArgs } from 'react-router'
import { paths } from '../paths.ts'
import { ConventionEnd } from '../widgets/convention-end.tsx'
import { territoireNames } from '../widgets/territoires.ts'

const { listVersions, listDevoirs, listConventionEtapes, listConventionLieux } = conventionVersionRoutes

export const loader = ({ params }: LoaderFunctionArgs) => {
  const which = { params: paramsOf(conventionRoutes.getConvention, params) }
  return warm({
    convention: apiQuery(conventionRoutes.getConvention, which),
    avoirs: apiQuery(avoirRoutes.listAvoirs, which),
    versions: apiQuery(listVersions, which),
    devoirs: apiQuery(listDevoirs, which),
    etapes: apiQuery(listConventionEtapes, which),
    lieux: apiQuery(listConventionLieux, which),
    departements: apiQuery(referentielRoutes.listDepartements, {}),
  })
}

/** Days shown on the sheet itself; the calendar has them all. */
const NEAREST = 4

const nextOf = ({ financeurs, statut }: Convention): string => {
  const missing = financeurs.filter(({ signataire }) => signataire === null).map(({ nom }) => nom)
  if (missing.length > 0) return `Signature encore attendue : ${missing.join(', ')}.`
  return statut === 'signee' ? 'Tous les financeurs ont signé. Ouvrez la convention pour commander des carnets.' : ''
}

const OpenConvention = ({ convention, onDone }: { convention: Convention; onDone: (fact: string) => void }) => {
  const whyNot = useWhyNot()
  const open = useApiMutation(conventionRoutes.openConvention, {
    invalidates: [conventionRoutes.getConvention, conventionRoutes.listConventions, ...FOLLOWED],
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

const Edit = ({ convention }: { convention: Convention }) => (
  <Card titre="Modifier la convention">
    <p>Montant, financeurs, publics, lieux, durées : tout se modifie jusqu’à la dernière signature.</p>
    <div>
      <LinkButton variant="second" to={paths.modifier({ conventionId: convention.id })}>
        Modifier les règles
      </LinkButton>
    </div>
  </Card>
)

const Amend = ({ convention, versions }: { convention: Convention; versions: readonly VersionSummary[] }) => {
  const draft = versions.find(({ statut, numero }) => statut === 'brouillon' && numero > 1)
  const conventionId = convention.id
  return (
    <Card titre="Avenant">
      <p>Une convention signée change par avenant. Il prend effet quand chaque financeur l’a signé.</p>
      <div>
        {draft ? (
          <LinkButton to={paths.version({ conventionId, version: draft.numero })}>Voir l’avenant en préparation</LinkButton>
        ) : (
          <LinkButton variant="second" to={paths.preparerAvenant({ conventionId })}>
            Préparer un avenant
          </LinkButton>
        )}
      </div>
    </Card>
  )
}

const Order = ({ conventionId }: { conventionId: string }) => (
  <Card titre="Commander">
    <p>Cette convention est ouverte.</p>
    <div>
      <LinkButton to={paths.commander({ conventionId })}>Commander des carnets</LinkButton>
    </div>
  </Card>
)

type ActsProps = { convention: Convention; versions: readonly VersionSummary[]; onDone: (fact: string) => void }

const Acts = ({ convention, versions, onDone }: ActsProps) => {
  const { statut } = convention
  const isOpen = statut === 'signee' || statut === 'active'
  return (
    <>
      {statut === 'active' && <Order conventionId={convention.id} />}
      {statut === 'brouillon' && (
        <ConventionSignatures
          convention={convention}
          onSigned={(signed, { nom }) => onDone(`Signature enregistrée : ${nom}. ${nextOf(signed)}`)}
        />
      )}
      {statut === 'brouillon' && <Edit convention={convention} />}
      {(statut === 'brouillon' || statut === 'signee') && <OpenConvention convention={convention} onDone={onDone} />}
      {isOpen && <Amend convention={convention} versions={versions} />}
      <ConventionEnd convention={convention} onDone={onDone} />
    </>
  )
}

const Nearest = ({ conventionId, devoirs }: { conventionId: string; devoirs: readonly DevoirLu[] }) => {
  // the signatures are told just above
  const pending = pendingDevoirs(devoirs).filter(({ cle }) => !cle.startsWith('signature-'))
  return (
    <>
      <h2>Prochaines dates</h2>
      <DevoirsTable devoirs={pending.slice(0, NEAREST)} />
      <p>
        <Link to={paths.calendrier({ conventionId })}>Voir tout le calendrier</Link>
      </p>
    </>
  )
}

const Lieux = ({ lieux }: { lieux: readonly { id: string; nom: string; commune: string }[] }) => (
  <Card titre={plural(lieux.length, 'lieu admis', 'lieux admis')}>
    <ul className="puces">
      {lieux.map(({ id, nom, commune }) => (
        <li key={id}>
          {nom}, {commune}
        </li>
      ))}
    </ul>
  </Card>
)

export const Component = () => {
  const { convention, versions, devoirs, etapes, lieux, departements, avoirs } = useWarmed<typeof loader>()
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
      actions={<VersionPdf conventionId={conventionId} version={1} />}
      fait={done}
    >
      <ConventionAmounts
        convention={convention}
        commandes={paths.commandes({ conventionId })}
        grandLivre={paths.grandLivre({ conventionId, nature: 'fonds' })}
      />
      <h2>Financeurs</h2>
      <ConventionFinanceurs financeurs={convention.financeurs} conventionId={conventionId} />
      <Nearest conventionId={conventionId} devoirs={devoirs.items} />
      <Sheet
        agir={<Acts convention={convention} versions={versions.items} onDone={setDone} />}
        corps={
          <>
            <Card titre="Règles du pass">
              <ConventionParameters convention={convention} territoires={territoireNames(departements.items)} />
            </Card>
            <AvoirsCard conventionId={conventionId} avoirs={avoirs} echeance={paths.echeance} onDone={setDone} />
            {convention.lieuxAdmis === 'liste' && <Lieux lieux={lieux.items} />}
            <ConventionHistory etapes={etapes.items} />
          </>
        }
      />
      <h2>Versions</h2>
      <VersionsTable versions={versions.items} rowLink={({ numero }) => paths.version({ conventionId, version: numero })} />
    </Page>
  )
}

import { organisationRoutes } from '@pass/contracts/organisations.ts'
import { referentielRoutes } from '@pass/contracts/referentiels.ts'
import { creatableTypes } from '@pass/domain/habilitations.ts'
import { ORGANISATION_TYPE_LABELS } from '@pass/domain/organisations.ts'
import { apiQuery, useWarmed, warm } from '@pass/web/api.ts'
import { useContractForm } from '@pass/web/form.ts'
import { useWhyNot } from '@pass/web/reason.ts'
import { useSession } from '@pass/web/session.tsx'
import { Card } from '@pass/web/ui/card.tsx'
import { Form } from '@pass/web/ui/form.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { SelectField } from '@pass/web/ui/select-field.tsx'
import { SubmitButton } from '@pass/web/ui/submit-button.tsx'
import { TextField } from '@pass/web/ui/text-field.tsx'
import { Link } from 'react-router'
import { FIL, paths } from '../paths.ts'
import { useSay, WithDone } from '../widgets/done.tsx'
import { TerritoireField } from '../widgets/territoire-field.tsx'

const { createOrganisation, searchOrganisations } = organisationRoutes
const EMPTY = { nom: '', siret: null, departement: null, territoire: [], administrateur: { courriel: '', prenom: '', nom: '' } }

export const loader = () => warm({ departements: apiQuery(referentielRoutes.listDepartements, {}) })

const useCreate = () => {
  const say = useSay()
  const form = useContractForm(createOrganisation, {
    defaultValues: EMPTY,
    invalidates: [searchOrganisations],
    onSuccess: ({ nom }, { body }) => {
      say({
        titre: `${nom} est créée.`,
        suite: (
          <>
            {`Une invitation est partie à ${body.administrateur.courriel}. `}
            <Link to={paths.organisations({ recherche: nom })}>Voir l’organisation</Link>
          </>
        ),
      })
      form.reset(EMPTY)
      globalThis.scrollTo({ top: 0 })
    },
  })
  return form
}

const CreateForm = () => {
  const form = useCreate()
  const whyNot = useWhyNot()
  const { role } = useSession()
  const { departements } = useWarmed<typeof loader>()
  return (
    <Form form={form} label="Créer une organisation">
      <Card titre="L’organisation">
        <SelectField
          label="Type"
          options={creatableTypes(role).map((type) => ({ value: type, label: ORGANISATION_TYPE_LABELS[type] }))}
          {...form.field('type')}
        />
        <TextField label="Nom de l’organisation" aide="Celui que les autres liront. Exemple : CCAS de Guéret." {...form.field('nom')} />
        <TextField
          label="SIRET"
          aide="14 chiffres. Il relie les connexions par ProConnect. Exemple : 212 302 509 00014."
          facultatif
          code
          inputMode="numeric"
          {...form.field('siret')}
        />
        <SelectField
          label="Département"
          facultatif
          vide="Aucun"
          options={departements.items.map(({ code, nom }) => ({ value: code, label: `${nom} (${code})` }))}
          {...form.field('departement')}
        />
        <TerritoireField legende="Territoire" aide="Les départements ou les communes où elle agit." {...form.value('territoire')} />
      </Card>
      <Card titre="La personne qui l’administre">
        <p className="doux">Elle reçoit une invitation, puis invite son équipe.</p>
        <TextField
          label="Adresse électronique"
          aide="Exemple : prenom.nom@exemple.fr."
          type="email"
          {...form.field('administrateur.courriel')}
        />
        <div className="cote-a-cote">
          <TextField label="Prénom" {...form.field('administrateur.prenom')} />
          <TextField label="Nom" {...form.field('administrateur.nom')} />
        </div>
      </Card>
      <SubmitButton disabledReason={whyNot('organisation:create')}>Créer l’organisation</SubmitButton>
    </Form>
  )
}

export const Component = () => (
  <Page
    titre="Créer une organisation"
    fil={[...FIL, { to: paths.organisations(), label: 'Organisations' }]}
    etroit
    intro="Cherchez d’abord si elle existe déjà : une organisation n’a qu’une fiche."
  >
    <WithDone>
      <CreateForm />
    </WithDone>
  </Page>
)

import { conventionRoutes } from '@pass/contracts/conventions.ts'
import { referentielRoutes } from '@pass/contracts/referentiels.ts'
import { CONVENTION_DEFAULTS, IDENTITE_MODE_LABELS } from '@pass/domain/conventions.ts'
import { euros } from '@pass/domain/money.ts'
import { apiQuery, queryClient, useWarmed, warm } from '@pass/web/api.ts'
import { useWhyNot } from '@pass/web/reason.ts'
import { useSession } from '@pass/web/session.tsx'
import { CheckboxField } from '@pass/web/ui/checkbox-field.tsx'
import { DateField } from '@pass/web/ui/date-field.tsx'
import { Form } from '@pass/web/ui/form.tsx'
import { MoneyField, NumberField } from '@pass/web/ui/number-field.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { RadioTiles } from '@pass/web/ui/radio-tiles.tsx'
import { SelectField, optionsOf } from '@pass/web/ui/select-field.tsx'
import { SubmitButton } from '@pass/web/ui/submit-button.tsx'
import { TextField } from '@pass/web/ui/text-field.tsx'
import { useNavigate } from 'react-router'
import { paths } from '../paths.ts'
import { type ConventionForm, useConventionForm } from '../widgets/convention-form.ts'
import { FinanceursFields, keyReason } from '../widgets/financeurs-fields.tsx'
import { PublicsField } from '../widgets/publics-field.tsx'
import { proposeTerritoire } from '../widgets/territoires.ts'

const latest = apiQuery(conventionRoutes.listConventions, { query: { taille: 10 } })

export const loader = async () => {
  const conventions = await queryClient.ensureQueryData(latest)
  const last = conventions.items[0]
  // The latest convention only proposes its territory: without one, the name of the organisation does.
  if (last) await queryClient.ensureQueryData(apiQuery(conventionRoutes.getConvention, { params: { conventionId: last.id } }))
  return warm({
    conventions: latest,
    operateurs: apiQuery(referentielRoutes.listOrganisations, { query: { type: 'operateur' } }),
    departements: apiQuery(referentielRoutes.listDepartements, {}),
  })
}

const Territoire = ({ form, departements }: { form: ConventionForm; departements: readonly { code: string; nom: string }[] }) => {
  const codes = form.watch('territoire') as string[]
  return (
    <SelectField
      label="Territoire"
      aide="Les pass s’utilisent dans les lieux de ce territoire."
      vide="Partout en France"
      options={departements.map(({ code, nom }) => ({ value: `D${code}`, label: `${nom} (${code})` }))}
      value={codes[0] ?? ''}
      onChange={({ target }) => form.setValue('territoire', target.value ? [target.value] : [])}
      id="champ-territoire"
    />
  )
}

const Rules = ({ form }: { form: ConventionForm }) => {
  const taille: unknown = form.watch('carnetTaille')
  const value = typeof taille === 'number' && taille > 0 ? taille * CONVENTION_DEFAULTS.valeurFacialeCentimes : null
  return (
    <>
      <NumberField
        label="Pass par carnet"
        aide={`De 1 à 10. Un pass vaut ${euros(CONVENTION_DEFAULTS.valeurFacialeCentimes)}${value === null ? '.' : `, un carnet ${euros(value)}.`}`}
        suffixe="pass"
        {...form.value('carnetTaille')}
      />
      <PublicsField form={form} />
      <RadioTiles legende="Demandé à la personne lors de la remise" options={optionsOf(IDENTITE_MODE_LABELS)} {...form.field('identite')} />
      <CheckboxField label="Le Fonds social européen participe à cette convention" {...form.field('fse')} />
    </>
  )
}

const FIL = [
  { to: paths.accueil(), label: 'Accueil' },
  { to: paths.conventions(), label: 'Conventions' },
]

const useStart = () => {
  const { conventions, operateurs, departements } = useWarmed<typeof loader>()
  const { organisation } = useSession()
  const last = conventions.items[0]
  const read =
    last &&
    queryClient.getQueryData<{ territoire: string[] }>(
      apiQuery(conventionRoutes.getConvention, { params: { conventionId: last.id } }).queryKey,
    )
  const only = operateurs.items.length === 1 ? (operateurs.items[0]?.id ?? '') : ''
  return {
    operateurs,
    departements,
    operateurId: only,
    territoire: proposeTerritoire(organisation.nom, departements.items, read?.territoire),
  }
}

export const Component = () => {
  const navigate = useNavigate()
  const whyNot = useWhyNot()
  const { operateurs, departements, operateurId, territoire } = useStart()
  const form = useConventionForm({
    operateurId,
    territoire,
    onCreated: (conventionId) => void navigate(paths.convention({ conventionId })),
  })
  const reason = whyNot('convention:create') ?? keyReason(form.watch('financeurs') as Parameters<typeof keyReason>[0])
  return (
    <Page titre="Préparer une convention" fil={FIL} etroit intro="Chaque financeur la signe ensuite. Rien n’est engagé avant.">
      <Form form={form}>
        <TextField label="Nom de la convention" aide="Exemple : FSE 2026–2027." autoComplete="off" {...form.field('nom')} />
        <SelectField
          label="Opérateur"
          options={operateurs.items.map(({ id, nom }) => ({ value: id, label: nom }))}
          {...form.field('operateurId')}
        />
        <div className="cote-a-cote">
          <DateField label="Premier jour" {...form.field('dateDebut')} />
          <DateField label="Dernier jour" {...form.field('dateFin')} />
        </div>
        <MoneyField
          label="Montant de la convention"
          aide="Valeur des pass qui peuvent être commandés."
          {...form.value('montantCentimes')}
        />
        <Territoire form={form} departements={departements.items} />
        <FinanceursFields form={form} />
        <Rules form={form} />
        <SubmitButton disabledReason={reason}>Préparer la convention</SubmitButton>
      </Form>
    </Page>
  )
}

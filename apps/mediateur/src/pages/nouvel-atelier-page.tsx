import type { Atelier } from '@pass/contracts/ateliers.ts'
import type { MonLieu } from '@pass/contracts/lieux.ts'
import { NIVEAU_LABELS } from '@pass/domain/ateliers.ts'
import { formatDuration, formatLongDay, formatTime } from '@pass/domain/days.ts'
import { plural } from '@pass/domain/money.ts'
import { apiQuery, useWarmed, warm } from '@pass/web/api.ts'
import { useContractForm } from '@pass/web/form.ts'
import { Card } from '@pass/web/ui/card.tsx'
import { DateField } from '@pass/web/ui/date-field.tsx'
import { EmptyState } from '@pass/web/ui/empty-state.tsx'
import { Form } from '@pass/web/ui/form.tsx'
import { NumberField } from '@pass/web/ui/number-field.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { RadioTiles } from '@pass/web/ui/radio-tiles.tsx'
import { optionsOf, SelectField } from '@pass/web/ui/select-field.tsx'
import { SubmitButton } from '@pass/web/ui/submit-button.tsx'
import { TextField } from '@pass/web/ui/text-field.tsx'
import type { ChangeEvent } from 'react'
import { Link, type LoaderFunctionArgs, useNavigate, useSearchParams } from 'react-router'
import { defaultsOf, durationOf, durationOptions, modelQuery, serviceTiles } from '../ateliers/atelier-model.ts'
import { COUNTER_READS, listMesLieux, scheduleAtelier } from '../calls.ts'
import { paths } from '../paths.ts'

export const loader = ({ request }: LoaderFunctionArgs) => warm({ mes: apiQuery(listMesLieux, {}), modele: modelQuery(request) })

const useAtelierForm = (lieux: readonly MonLieu[], modele: Atelier | null) => {
  const navigate = useNavigate()
  const [search] = useSearchParams()
  return useContractForm(scheduleAtelier, {
    defaultValues: defaultsOf(lieux, modele, search.get('date')),
    invalidates: COUNTER_READS,
    onSuccess: ({ id }) => navigate(paths.atelier({ atelierId: id })),
  })
}
type AtelierForm = ReturnType<typeof useAtelierForm>

const summaryOf = (form: AtelierForm): string => {
  const { date, debut, dureeMinutes, capacite } = form.watch()
  const day = typeof date === 'string' && date !== '' ? formatLongDay(date) : 'jour à choisir'
  const time = typeof debut === 'string' && debut !== '' ? formatTime(debut) : 'heure à choisir'
  return `${day}, ${time}, ${formatDuration(Number(dureeMinutes))}, ${plural(Number(capacite) || 0, 'place')}`
}

/** What is right most of the time, one press away when it is not. Opens by itself when something in it is wrong. */
const Moment = ({ form, duree }: { form: AtelierForm; duree: number | undefined }) => (
  <details className="carte moment" open={form.problems.some(({ id }) => /date|debut|duree|capacite/.test(id)) || undefined}>
    <summary>
      <span>{summaryOf(form)}</span>
      <span className="moment-lien">Modifier</span>
    </summary>
    <div className="pile">
      <DateField label="Jour" {...form.field('date')} />
      <TextField label="Heure de début" type="time" {...form.field('debut')} />
      <SelectField
        label="Durée"
        options={durationOptions(duree, Number(form.watch('dureeMinutes')))}
        vide={null}
        {...form.field('dureeMinutes')}
      />
      <NumberField label="Nombre de places" {...form.value('capacite')} />
    </div>
  </details>
)

const AtelierFields = ({ lieux, modele }: { lieux: readonly MonLieu[]; modele: Atelier | null }) => {
  const form = useAtelierForm(lieux, modele)
  const lieu = lieux.find(({ id }) => id === form.watch('lieuId')) ?? lieux[0]
  const theme = form.field('theme')
  const { dirtyFields } = form.formState
  // the length is the service's own until somebody says otherwise
  const chooseTheme = (event: ChangeEvent<HTMLInputElement>) => {
    const duree = durationOf(lieu, event.target.value)
    if (duree && !dirtyFields.dureeMinutes) form.resetField('dureeMinutes', { defaultValue: duree })
    return theme.onChange(event)
  }
  return (
    <Form form={form} label="Nouvel atelier">
      {lieux.length > 1 ? (
        <SelectField label="Lieu" vide={null} options={lieux.map(({ id, nom }) => ({ value: id, label: nom }))} {...form.field('lieuId')} />
      ) : (
        <p>
          Lieu&nbsp;: <strong>{lieu?.nom}</strong>
        </p>
      )}
      <RadioTiles legende="Thème" options={serviceTiles(lieu)} {...theme} onChange={chooseTheme} />
      <Moment form={form} duree={durationOf(lieu, form.watch('theme'))} />
      <SelectField label="Niveau" vide={null} options={optionsOf(NIVEAU_LABELS)} {...form.field('niveau')} />
      <SubmitButton disabledReason={lieu?.services.length === 0 ? 'Ce lieu n’a aucun service au catalogue.' : null}>
        Créer l’atelier
      </SubmitButton>
      <p className="petit">
        Plusieurs dates&nbsp;? <Link to={paths.serie(modele ? { depuis: modele.id } : {})}>Créer une série d’ateliers</Link>
      </p>
    </Form>
  )
}

export const Component = () => {
  const { mes, modele } = useWarmed<typeof loader>()
  return (
    <Page
      titre="Nouvel atelier"
      fil={[
        { to: paths.journee(), label: 'Ma journée' },
        { to: paths.ateliers(), label: 'Ateliers' },
      ]}
      etroit
    >
      {mes.items.length === 0 ? (
        <Card>
          <EmptyState titre="Aucun lieu">Votre structure n’a pas de lieu enregistré&nbsp;: aucun atelier ne peut être créé.</EmptyState>
        </Card>
      ) : (
        <AtelierFields lieux={mes.items} modele={modele} />
      )}
    </Page>
  )
}

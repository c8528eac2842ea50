import type { Atelier } from '@pass/contracts/ateliers.ts'
import type { MonLieu } from '@pass/contracts/lieux.ts'
import { NIVEAU_LABELS } from '@pass/domain/ateliers.ts'
import { formatDuration, formatLongDay, formatTime, PARIS } from '@pass/domain/days.ts'
import { THEME_LABELS } from '@pass/domain/lieux.ts'
import { plural } from '@pass/domain/money.ts'
import { apiQuery, paramsOf, useWarmed, warm } from '@pass/web/api.ts'
import { useContractForm } from '@pass/web/form.ts'
import { now } from '@pass/web/session.tsx'
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
import { type LoaderFunctionArgs, useNavigate } from 'react-router'
import { COUNTER_READS, getAtelier, listMesLieux, scheduleAtelier } from '../calls.ts'
import { paths } from '../paths.ts'
import { nextSlot } from '../widgets/next-slot.ts'

const NO_MODEL = { queryKey: ['atelier', 'aucun'], queryFn: () => Promise.resolve(null) }

export const loader = ({ request }: LoaderFunctionArgs) => {
  const depuis = new URL(request.url).searchParams.get('depuis')
  return warm({
    mes: apiQuery(listMesLieux, {}),
    modele: depuis ? apiQuery(getAtelier, { params: paramsOf(getAtelier, { atelierId: depuis }) }) : NO_MODEL,
  })
}

const DUREES = [60, 90, 120, 150, 180, 240].map((minutes) => ({ value: String(minutes), label: formatDuration(minutes) }))
const CAPACITE = 12
const DUREE = 120

/** The usual atelier: here, at the next full hour, two hours, twelve seats; or like the one it is copied from. */
const defaultsOf = (lieux: readonly MonLieu[], modele: Atelier | null) => {
  const lieu = lieux.find(({ id }) => id === modele?.lieu.id) ?? lieux[0]
  const theme = modele?.theme ?? (lieu?.services.length === 1 ? lieu.services[0]?.theme : undefined)
  return {
    lieuId: lieu?.id ?? '',
    niveau: modele?.niveau ?? ('debutant' as const),
    ...nextSlot(now(), lieu?.fuseau ?? PARIS),
    ...(modele && { debut: modele.debut.slice(0, 5) }),
    dureeMinutes: modele?.dureeMinutes ?? DUREE,
    capacite: modele?.capacite ?? CAPACITE,
    ...(theme && { theme }),
  }
}

const useAtelierForm = (lieux: readonly MonLieu[], modele: Atelier | null) => {
  const navigate = useNavigate()
  return useContractForm(scheduleAtelier, {
    defaultValues: defaultsOf(lieux, modele),
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
const Moment = ({ form }: { form: AtelierForm }) => (
  <details className="carte moment" open={form.problems.some(({ id }) => /date|debut|duree|capacite/.test(id)) || undefined}>
    <summary>
      <span>{summaryOf(form)}</span>
      <span className="moment-lien">Modifier</span>
    </summary>
    <div className="pile">
      <DateField label="Jour" {...form.field('date')} />
      <TextField label="Heure de début" type="time" {...form.field('debut')} />
      <SelectField label="Durée" options={DUREES} vide={null} {...form.field('dureeMinutes')} />
      <NumberField label="Nombre de places" {...form.value('capacite')} />
    </div>
  </details>
)

const AtelierFields = ({ lieux, modele }: { lieux: readonly MonLieu[]; modele: Atelier | null }) => {
  const form = useAtelierForm(lieux, modele)
  const lieu = lieux.find(({ id }) => id === form.watch('lieuId')) ?? lieux[0]
  return (
    <Form form={form} label="Nouvel atelier">
      {lieux.length > 1 ? (
        <SelectField label="Lieu" vide={null} options={lieux.map(({ id, nom }) => ({ value: id, label: nom }))} {...form.field('lieuId')} />
      ) : (
        <p>
          Lieu&nbsp;: <strong>{lieu?.nom}</strong>
        </p>
      )}
      <RadioTiles
        legende="Thème"
        options={(lieu?.services ?? []).map(({ theme }) => ({ value: theme, label: THEME_LABELS[theme] }))}
        {...form.field('theme')}
      />
      <Moment form={form} />
      <SelectField label="Niveau" vide={null} options={optionsOf(NIVEAU_LABELS)} {...form.field('niveau')} />
      <SubmitButton disabledReason={lieu?.services.length === 0 ? 'Ce lieu n’a aucun service au catalogue.' : null}>
        Créer l’atelier
      </SubmitButton>
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

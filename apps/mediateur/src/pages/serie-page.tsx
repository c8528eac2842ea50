import type { Atelier, AtelierSummary } from '@pass/contracts/ateliers.ts'
import type { MonLieu } from '@pass/contracts/lieux.ts'
import { NIVEAU_LABELS } from '@pass/domain/ateliers.ts'
import { formatLongDay, formatTime } from '@pass/domain/days.ts'
import { THEME_LABELS } from '@pass/domain/lieux.ts'
import { plural } from '@pass/domain/money.ts'
import { apiQuery, useWarmed, warm } from '@pass/web/api.ts'
import { useContractForm } from '@pass/web/form.ts'
import { LinkButton } from '@pass/web/ui/button.tsx'
import { Card } from '@pass/web/ui/card.tsx'
import { CheckboxField } from '@pass/web/ui/checkbox-field.tsx'
import { EmptyState } from '@pass/web/ui/empty-state.tsx'
import { Form } from '@pass/web/ui/form.tsx'
import { Notice } from '@pass/web/ui/notice.tsx'
import { NumberField } from '@pass/web/ui/number-field.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { optionsOf, SelectField } from '@pass/web/ui/select-field.tsx'
import { SubmitButton } from '@pass/web/ui/submit-button.tsx'
import { TextField } from '@pass/web/ui/text-field.tsx'
import { useState } from 'react'
import { Link, type LoaderFunctionArgs } from 'react-router'
import { defaultsOf, durationOptions, modelQuery, serviceTiles } from '../ateliers/atelier-model.ts'
import { SerieDates, useSerieDates } from '../ateliers/serie-dates.tsx'
import { COUNTER_READS, listMesLieux, scheduleSerie } from '../calls.ts'
import { paths } from '../paths.ts'

export const loader = ({ request }: LoaderFunctionArgs) => warm({ mes: apiQuery(listMesLieux, {}), modele: modelQuery(request) })

type Props = { lieux: readonly MonLieu[]; modele: Atelier | null; onDone: (ateliers: AtelierSummary[]) => void }

const SerieFields = ({ lieux, modele, onDone }: Props) => {
  const { date, ...defaults } = defaultsOf(lieux, modele)
  const dates = useSerieDates(date)
  const form = useContractForm(scheduleSerie, {
    defaultValues: { ...defaults, offert: false, dates: dates.liste },
    textes: { dates: 'Gardez au moins une date.' },
    invalidates: COUNTER_READS,
    onSuccess: ({ items }) => onDone(items),
  })
  const lieu = lieux.find(({ id }) => id === form.watch('lieuId')) ?? lieux[0]
  return (
    <Form form={form} label="Série d’ateliers">
      {lieux.length > 1 && (
        <SelectField label="Lieu" vide={null} options={lieux.map(({ id, nom }) => ({ value: id, label: nom }))} {...form.field('lieuId')} />
      )}
      <SelectField label="Thème" options={serviceTiles(lieu).map(({ value, label }) => ({ value, label }))} {...form.field('theme')} />
      <SelectField label="Niveau" vide={null} options={optionsOf(NIVEAU_LABELS)} {...form.field('niveau')} />
      <div className="deux-champs">
        <TextField label="Heure de début" type="time" {...form.field('debut')} />
        <SelectField
          label="Durée"
          options={durationOptions(Number(form.watch('dureeMinutes')))}
          vide={null}
          {...form.field('dureeMinutes')}
        />
      </div>
      <NumberField label="Nombre de places, à chaque date" {...form.value('capacite')} />
      <SerieDates dates={dates} error={form.value('dates').error} onChange={(liste) => form.value('dates').onChange(liste)} />
      <CheckboxField
        label="Proposer les places libres aux prescripteurs"
        aide="Ils pourront y inscrire les personnes à qui ils remettent un carnet."
        {...form.field('offert')}
      />
      <SubmitButton disabledReason={lieu?.services.length === 0 ? 'Ce lieu n’a aucun service au catalogue.' : null}>
        Créer {plural(dates.liste.length, 'atelier')}
      </SubmitButton>
    </Form>
  )
}

const Created = ({ ateliers }: { ateliers: readonly AtelierSummary[] }) => {
  const first = ateliers[0]
  return (
    <div className="pile">
      <Notice tone="bien" live="status" titre={`${plural(ateliers.length, 'atelier créé', 'ateliers créés')}.`}>
        Chacun s’ouvre, se duplique et s’annule seul.
      </Notice>
      <Card titre={first ? THEME_LABELS[first.theme] : 'Ateliers'}>
        <ul className="pile">
          {ateliers.map(({ id, date, debut }) => (
            <li key={id}>
              <Link to={paths.atelier({ atelierId: id })}>
                {formatLongDay(date)}, {formatTime(debut)}
              </Link>
            </li>
          ))}
        </ul>
      </Card>
      {first && <LinkButton to={`${paths.ateliers()}?vue=mois&jour=${first.date}`}>Voir le calendrier</LinkButton>}
    </div>
  )
}

export const Component = () => {
  const { mes, modele } = useWarmed<typeof loader>()
  const [done, setDone] = useState<AtelierSummary[] | null>(null)
  return (
    <Page
      titre="Série d’ateliers"
      fil={[
        { to: paths.journee(), label: 'Ma journée' },
        { to: paths.ateliers(), label: 'Ateliers' },
      ]}
      intro="Les mêmes ateliers, à plusieurs dates."
      etroit
    >
      {done ? (
        <Created ateliers={done} />
      ) : mes.items.length === 0 ? (
        <Card>
          <EmptyState titre="Aucun lieu">Votre structure n’a pas de lieu enregistré&nbsp;: aucun atelier ne peut être créé.</EmptyState>
        </Card>
      ) : (
        <SerieFields lieux={mes.items} modele={modele} onDone={setDone} />
      )}
    </Page>
  )
}

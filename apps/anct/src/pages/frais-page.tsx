import { type Frais, fraisRoutes } from '@pass/contracts/frais.ts'
import { formatDay } from '@pass/domain/days.ts'
import { percent, plural } from '@pass/domain/money.ts'
import { apiQuery, useWarmed, warm } from '@pass/web/api.ts'
import { useContractForm } from '@pass/web/form.ts'
import { useWhyNot } from '@pass/web/reason.ts'
import { today } from '@pass/web/session.tsx'
import { Badge } from '@pass/web/ui/badge.tsx'
import { Card } from '@pass/web/ui/card.tsx'
import { type Column, DataTable } from '@pass/web/ui/data-table.tsx'
import { DateField } from '@pass/web/ui/date-field.tsx'
import { Form } from '@pass/web/ui/form.tsx'
import { Notice } from '@pass/web/ui/notice.tsx'
import { MoneyField } from '@pass/web/ui/number-field.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { SubmitButton } from '@pass/web/ui/submit-button.tsx'
import { Euros, Jour } from '@pass/web/ui/values.tsx'
import { useState } from 'react'
import { paths } from '../paths.ts'

export const loader = () => warm({ frais: apiQuery(fraisRoutes.listFrais, {}) })

const StateCell = ({ enVigueur, dateEffet }: Frais) => {
  if (enVigueur) return <Badge tone="bien">En vigueur</Badge>
  return dateEffet > today() ? <Badge tone="info">À venir</Badge> : <Badge tone="neutre">Passés</Badge>
}

const COLUMNS: readonly Column<Frais>[] = [
  { cle: 'date', titre: 'À partir du', cell: (row) => <Jour date={row.dateEffet} /> },
  { cle: 'amont', titre: 'Frais de la collectivité', cell: (row) => percent(row.fraisAmontBp), align: 'droite' },
  { cle: 'aval', titre: 'Frais de la structure', cell: (row) => percent(row.fraisAvalBp), align: 'droite' },
  { cle: 'abonnement', titre: 'Abonnement par an', cell: (row) => <Euros centimes={row.abonnementCentimes} />, align: 'droite' },
  { cle: 'tva', titre: 'TVA sur les frais', cell: (row) => percent(row.tvaBp), align: 'droite' },
  { cle: 'etat', titre: 'État', cell: (row) => <StateCell {...row} /> },
]

const NewRates = ({ current, onDone }: { current: Frais | undefined; onDone: (dateEffet: string) => void }) => {
  const whyNot = useWhyNot()
  const form = useContractForm(fraisRoutes.setFrais, {
    defaultValues: {
      fraisAmontBp: current?.fraisAmontBp ?? 0,
      fraisAvalBp: current?.fraisAvalBp ?? 0,
      abonnementCentimes: current?.abonnementCentimes ?? 0,
      tvaBp: current?.tvaBp ?? 0,
    },
    invalidates: [fraisRoutes.listFrais],
    onSuccess: (_, { body }) => onDone(body.dateEffet),
  })
  return (
    <Card titre="Fixer de nouveaux taux">
      <Form form={form} label="Fixer de nouveaux taux">
        <DateField label="À partir du" aide="Une date à venir : les devis déjà établis ne changent pas." {...form.field('dateEffet')} />
        <MoneyField label="Frais de la collectivité" suffixe="%" aide="Sur la valeur des pass commandés." {...form.value('fraisAmontBp')} />
        <MoneyField label="Frais de la structure" suffixe="%" aide="Sur les pass remboursés." {...form.value('fraisAvalBp')} />
        <MoneyField label="Abonnement par an" {...form.value('abonnementCentimes')} />
        <MoneyField label="TVA sur les frais" suffixe="%" {...form.value('tvaBp')} />
        <SubmitButton disabledReason={whyNot('frais:set')}>Fixer ces taux</SubmitButton>
      </Form>
    </Card>
  )
}

export const Component = () => {
  const { frais } = useWarmed<typeof loader>()
  const [done, setDone] = useState<string | null>(null)
  return (
    <Page
      titre="Frais et TVA"
      fil={[{ to: paths.accueil(), label: 'Accueil' }]}
      intro="Les taux par date d’effet. Un devis prend ceux de son jour ; une convention garde les siens pour les frais de la collectivité."
    >
      {done && (
        <Notice tone="bien" live="status" titre="Taux enregistrés.">
          Ils s’appliquent à partir du {formatDay(done)}.
        </Notice>
      )}
      <DataTable
        caption={plural(frais.items.length, 'série de taux', 'séries de taux')}
        rows={frais.items}
        rowKey={(row) => row.dateEffet}
        columns={COLUMNS}
        empty={null}
      />
      <NewRates key={frais.items.length} current={frais.items.find(({ enVigueur }) => enVigueur)} onDone={setDone} />
    </Page>
  )
}

import type { Atelier } from '@pass/contracts/ateliers.ts'
import { NIVEAU_LABELS } from '@pass/domain/ateliers.ts'
import { formatDuration, formatLongDay, formatTime } from '@pass/domain/days.ts'
import { THEME_LABELS } from '@pass/domain/lieux.ts'
import { apiQuery, paramsOf, useWarmed, warm } from '@pass/web/api.ts'
import { ButtonRow, LinkButton } from '@pass/web/ui/button.tsx'
import { Card, Columns, Stack } from '@pass/web/ui/card.tsx'
import { DefinitionList } from '@pass/web/ui/definition-list.tsx'
import { Notice } from '@pass/web/ui/notice.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { Copy } from 'lucide-react'
import type { LoaderFunctionArgs } from 'react-router'
import { Offer } from '../ateliers/offer.tsx'
import { SheetsCard } from '../ateliers/sheets-card.tsx'
import { getAtelier, getMonDu, needPlaces } from '../calls.ts'
import { counterOf } from '../guichet/counter-of.ts'
import { paths } from '../paths.ts'
import { AtelierBadge } from '../widgets/atelier-badge.tsx'
import { CancelAtelier } from '../widgets/cancel-atelier.tsx'
import { CounterCard } from '../widgets/counter-card.tsx'
import { ParticipantsCard } from '../widgets/participants-card.tsx'
import { UsesCard } from '../widgets/uses-card.tsx'

export const loader = async ({ params }: LoaderFunctionArgs) => {
  await needPlaces()
  return warm({ atelier: apiQuery(getAtelier, { params: paramsOf(getAtelier, params) }), du: apiQuery(getMonDu, {}) })
}

const Facts = ({ atelier }: { atelier: Atelier }) => (
  <Card titre="L’atelier">
    <DefinitionList
      items={[
        { terme: 'Lieu', valeur: `${atelier.lieu.nom}, ${atelier.lieu.commune}` },
        { terme: 'Niveau', valeur: NIVEAU_LABELS[atelier.niveau] },
        { terme: 'Durée', valeur: formatDuration(atelier.dureeMinutes) },
        { terme: 'Places prises', valeur: `${atelier.placesPrises} sur ${atelier.capacite}` },
      ]}
    />
    <Offer atelier={atelier} />
    <ButtonRow>
      <LinkButton variant="second" icon={Copy} to={paths.dupliquer({ atelierId: atelier.id })}>
        Dupliquer
      </LinkButton>
      <CancelAtelier atelier={atelier} />
    </ButtonRow>
  </Card>
)

export const Component = () => {
  const { atelier, du } = useWarmed<typeof loader>()
  return (
    <Page
      titre={THEME_LABELS[atelier.theme]}
      fil={[
        { to: paths.journee(), label: 'Ma journée' },
        { to: paths.ateliers(), label: 'Ateliers' },
      ]}
      intro={`${formatLongDay(atelier.date)}, ${formatTime(atelier.debut)}`}
      badge={<AtelierBadge statut={atelier.statut} />}
    >
      <Columns>
        <Stack>
          {atelier.statut === 'annule' ? (
            <Notice tone="refus" titre="Atelier annulé.">
              Aucun pass ne peut y être utilisé.
            </Notice>
          ) : (
            <CounterCard key={atelier.id} atelier={counterOf(atelier)} du={du} />
          )}
          <UsesCard atelier={atelier} />
        </Stack>
        <Stack>
          <ParticipantsCard atelier={atelier} />
          <SheetsCard atelier={atelier} />
          <Facts atelier={atelier} />
        </Stack>
      </Columns>
    </Page>
  )
}

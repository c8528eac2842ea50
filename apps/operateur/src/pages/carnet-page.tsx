import { type CarnetDetail, carnetRoutes } from '@pass/contracts/carnets.ts'
import { lastAcceptedDay } from '@pass/domain/carnets.ts'
import { euros, formatNumber, pluralPass } from '@pass/domain/money.ts'
import { apiQuery, paramsOf, useWarmed, warm } from '@pass/web/api.ts'
import { CarnetBadges } from '@pass/web/modules/carnets/carnet-badges.tsx'
import { CarnetHistory } from '@pass/web/modules/carnets/carnet-history.tsx'
import { Card, Columns, Stack } from '@pass/web/ui/card.tsx'
import { DefinitionList } from '@pass/web/ui/definition-list.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { Instant, Jour } from '@pass/web/ui/values.tsx'
import { useState } from 'react'
import type { LoaderFunctionArgs } from 'react-router'
import { paths } from '../paths.ts'
import { BlockCarnetCard } from '../widgets/block-carnet-card.tsx'
import { SaidNotice } from '../widgets/said-notice.tsx'
import { useRoleReason } from '../widgets/role-reason.ts'

const BLOCKED = { titre: 'Carnet bloqué.', suite: 'Ses pass sont refusés partout. La collectivité peut le débloquer ou le remplacer.' }

export const loader = ({ params }: LoaderFunctionArgs) =>
  warm({ carnet: apiQuery(carnetRoutes.getCarnet, { params: paramsOf(carnetRoutes.getCarnet, params) }) })

const Facts = ({ carnet }: { carnet: CarnetDetail }) => (
  <DefinitionList
    items={[
      { terme: 'Collectivité', valeur: carnet.collectivite.nom },
      { terme: 'Convention', valeur: carnet.convention.nom },
      { terme: 'Prescripteur', valeur: carnet.prescripteur?.nom ?? 'Pas encore attribué' },
      { terme: 'Remis le', valeur: carnet.remisAt ? <Instant at={carnet.remisAt} /> : 'Pas encore remis' },
      { terme: 'Contenu', valeur: `${pluralPass(carnet.taille - carnet.annules)} de ${euros(carnet.valeurFacialeCentimes)}` },
      { terme: 'Pass utilisés', valeur: `${formatNumber(carnet.utilises)} sur ${carnet.taille - carnet.annules}` },
      ...(carnet.remplace ? [{ terme: 'Remplace le carnet', valeur: <span className="code">{carnet.remplace.serie}</span> }] : []),
      ...(carnet.remplacant ? [{ terme: 'Remplacé par', valeur: <span className="code">{carnet.remplacant.serie}</span> }] : []),
      { terme: 'Fin de validité', valeur: <Jour date={carnet.dateFin} /> },
      { terme: 'Dernier jour accepté', valeur: <Jour date={lastAcceptedDay(carnet.dateFin, carnet.convention.toleranceJours)} /> },
    ]}
  />
)

export const Component = () => {
  const { carnet } = useWarmed<typeof loader>()
  const [blocked, setBlocked] = useState(false)
  const reasonOf = useRoleReason()
  return (
    <Page
      titre={`Carnet ${carnet.serie}`}
      fil={[
        { to: paths.accueil(), label: 'Accueil' },
        { to: paths.carnets(), label: 'Carnets' },
      ]}
      badge={<CarnetBadges carnet={carnet} />}
    >
      <SaidNotice said={blocked ? BLOCKED : null} />
      <Columns>
        <Stack>
          <Card titre="Ce carnet">
            <Facts carnet={carnet} />
          </Card>
          <BlockCarnetCard carnet={carnet} roleReason={reasonOf('carnet:block')} onBlocked={() => setBlocked(true)} />
        </Stack>
        <Card titre="Son histoire">
          <CarnetHistory mouvements={carnet.mouvements} />
        </Card>
      </Columns>
    </Page>
  )
}

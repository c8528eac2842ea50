import { whyNotHandOverCarnet } from '@pass/domain/carnets.ts'
import { euros, pluralPass } from '@pass/domain/money.ts'
import { apiQuery, paramsOf, useWarmed, warm } from '@pass/web/api.ts'
import { CarnetBadges } from '@pass/web/modules/carnets/carnet-badges.tsx'
import { CarnetHistory } from '@pass/web/modules/carnets/carnet-history.tsx'
import { today } from '@pass/web/session.tsx'
import { LinkButton } from '@pass/web/ui/button.tsx'
import { Card, Columns, Stack } from '@pass/web/ui/card.tsx'
import { DefinitionList } from '@pass/web/ui/definition-list.tsx'
import { Notice } from '@pass/web/ui/notice.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { Instant, Jour } from '@pass/web/ui/values.tsx'
import type { LoaderFunctionArgs } from 'react-router'
import { getCarnet } from '../calls.ts'
import { paths } from '../paths.ts'
import { BlockCarnet } from '../widgets/block-carnet.tsx'

export const loader = ({ params }: LoaderFunctionArgs) => warm({ carnet: apiQuery(getCarnet, { params: paramsOf(getCarnet, params) }) })

export const Component = () => {
  const { carnet } = useWarmed<typeof loader>()
  const refusal = whyNotHandOverCarnet(carnet, today())
  return (
    <Page
      titre={`Carnet ${carnet.serie}`}
      fil={[
        { to: paths.accueil(), label: 'Accueil' },
        { to: paths.stock(), label: 'Mon stock' },
      ]}
      intro={`${pluralPass(carnet.taille - carnet.annules)} de ${euros(carnet.valeurFacialeCentimes)}`}
      badge={<CarnetBadges carnet={carnet} />}
    >
      <Columns>
        <Card titre="Histoire">
          <CarnetHistory mouvements={carnet.mouvements} />
        </Card>
        <Stack>
          <Card titre="Carnet">
            <DefinitionList
              items={[
                { terme: 'Collectivité', valeur: carnet.collectivite.nom },
                { terme: 'Convention', valeur: carnet.convention.nom },
                { terme: 'Valable jusqu’au', valeur: <Jour date={carnet.dateFin} /> },
                ...(carnet.remplace
                  ? [{ terme: 'Remplace le carnet', valeur: <span className="code">{carnet.remplace.serie}</span> }]
                  : []),
                ...(carnet.remplacant ? [{ terme: 'Remplacé par', valeur: <span className="code">{carnet.remplacant.serie}</span> }] : []),
                { terme: 'Pass utilisés', valeur: `${carnet.utilises} sur ${carnet.taille - carnet.annules}` },
                ...(carnet.remisAt ? [{ terme: 'Remis le', valeur: <Instant at={carnet.remisAt} /> }] : []),
              ]}
            />
            {refusal ? <Notice tone="neutre">{refusal.message}</Notice> : <LinkButton to={paths.remettre()}>Remettre un carnet</LinkButton>}
          </Card>
          <Card titre="Perdu ou volé ?">
            <p className="doux">Le blocage prend effet tout de suite, dans tous les lieux.</p>
            <div>
              <BlockCarnet carnet={carnet} variant="danger" />
            </div>
          </Card>
        </Stack>
      </Columns>
    </Page>
  )
}

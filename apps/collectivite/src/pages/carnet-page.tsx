import { carnetRoutes } from '@pass/contracts/carnets.ts'
import { lastAcceptedDay } from '@pass/domain/carnets.ts'
import { parisDay } from '@pass/domain/days.ts'
import { euros, pluralPass } from '@pass/domain/money.ts'
import { apiQuery, paramsOf, useWarmed, warm } from '@pass/web/api.ts'
import { CarnetBadges } from '@pass/web/modules/carnets/carnet-badges.tsx'
import { CarnetHistory } from '@pass/web/modules/carnets/carnet-history.tsx'
import { Card } from '@pass/web/ui/card.tsx'
import { DefinitionList } from '@pass/web/ui/definition-list.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { Sheet } from '@pass/web/ui/sheet.tsx'
import { Jour } from '@pass/web/ui/values.tsx'
import { useState } from 'react'
import { Link, type LoaderFunctionArgs } from 'react-router'
import { paths } from '../paths.ts'
import { BlockCarnet, UnblockCarnet } from '../widgets/block-carnet.tsx'
import { ReplaceCarnet } from '../widgets/replace-carnet.tsx'
import { TakeBackCarnet } from '../widgets/take-back-carnet.tsx'

export const loader = ({ params }: LoaderFunctionArgs) =>
  warm({ carnet: apiQuery(carnetRoutes.getCarnet, { params: paramsOf(carnetRoutes.getCarnet, params) }) })

const FIL = [
  { to: paths.accueil(), label: 'Accueil' },
  { to: paths.carnets(), label: 'Carnets' },
]

const OVER: readonly string[] = ['annule', 'expire']

type Detail = ReturnType<typeof useWarmed<typeof loader>>['carnet']

// a cancelled carnet is worth nothing, whatever it still holds
const leftOf = ({ statut, taille, utilises, annules }: Detail): number => (statut === 'annule' ? 0 : taille - utilises - annules)

const linkTo = (other: { id: string; serie: string }) => (
  <Link className="code" to={paths.carnet({ carnetId: other.id })}>
    {other.serie}
  </Link>
)

const factsOf = (carnet: Detail) => [
  { terme: 'Pass utilisés', valeur: `${carnet.utilises} sur ${carnet.taille - carnet.annules}` },
  {
    terme: 'Reste dans le carnet',
    valeur: `${pluralPass(leftOf(carnet))}, ${euros(leftOf(carnet) * carnet.valeurFacialeCentimes)}`,
  },
  { terme: 'Valable jusqu’au', valeur: <Jour date={carnet.dateFin} phrase /> },
  { terme: 'Dernier jour accepté', valeur: <Jour date={lastAcceptedDay(carnet.dateFin, carnet.convention.toleranceJours)} phrase /> },
  { terme: 'Prescripteur', valeur: carnet.prescripteur?.nom ?? (carnet.statut === 'livre' ? 'Aucun : en réserve' : 'Aucun') },
  { terme: 'Remis le', valeur: <Jour date={carnet.remisAt && parisDay(new Date(carnet.remisAt))} phrase /> },
  { terme: 'Convention', valeur: carnet.convention.nom },
  ...(carnet.remplace ? [{ terme: 'Remplace le carnet', valeur: linkTo(carnet.remplace) }] : []),
  ...(carnet.remplacant ? [{ terme: 'Remplacé par', valeur: linkTo(carnet.remplacant) }] : []),
]

export const Component = () => {
  const { carnet } = useWarmed<typeof loader>()
  const [done, setDone] = useState<string | null>(null)
  return (
    <Page titre={`Carnet ${carnet.serie}`} fil={FIL} badge={<CarnetBadges carnet={carnet} />} fait={done}>
      <Sheet
        agir={
          <Card titre="Le carnet">
            <DefinitionList items={factsOf(carnet)} />
          </Card>
        }
        corps={
          <Card titre="Histoire">
            {carnet.mouvements.length === 0 ? (
              <p className="doux">Aucun mouvement noté.</p>
            ) : (
              <CarnetHistory mouvements={carnet.mouvements} />
            )}
          </Card>
        }
        suite={
          <>
            <ReplaceCarnet carnet={carnet} />
            {!OVER.includes(carnet.statut) && (
              <Card titre={carnet.statut === 'bloque' ? 'Carnet retrouvé' : 'Carnet perdu, volé ou à contrôler'}>
                {carnet.statut === 'bloque' ? (
                  <UnblockCarnet carnet={carnet} onDone={setDone} />
                ) : (
                  <BlockCarnet carnet={carnet} onDone={setDone} />
                )}
              </Card>
            )}
            <TakeBackCarnet carnet={carnet} onDone={setDone} />
          </>
        }
      />
    </Page>
  )
}

import { type Echeance, echeanceRoutes } from '@pass/contracts/echeances.ts'
import { formatDay } from '@pass/domain/days.ts'
import { euros, formatNumber, percent, plural } from '@pass/domain/money.ts'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { apiQuery, fileUrl } from '../../api.ts'
import { Card } from '../../ui/card.tsx'
import { DefinitionList } from '../../ui/definition-list.tsx'
import { FileLink } from '../../ui/file-link.tsx'
import { KeyFigures } from '../../ui/key-figures.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Page } from '../../ui/page.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { Euros, Jour } from '../../ui/values.tsx'
import { Plage } from '../carnets/plage.tsx'
import { DerogationsCard } from './derogations-card.tsx'
import { EcheanceBadge } from './echeance-badge.tsx'
import { EcheanceCalendar } from './echeance-calendar.tsx'
import { NextAct } from './next-act.tsx'

type Props = {
  echeance: Echeance
  fil: readonly { to: string; label: string }[]
  /** A link to the commande, in the app of the reader. */
  commande: ReactNode
  convention: ReactNode
}

const BUSY_MS = 2000

/** A large lot closes part by part: its sheet is read again until it is over. */
const useFresh = (echeance: Echeance): Echeance =>
  useQuery({
    ...apiQuery(echeanceRoutes.getEcheance, { params: { lotId: echeance.lotId } }),
    refetchInterval: ({ state }) => (state.data?.statut === 'cloture' ? BUSY_MS : false),
  }).data ?? echeance

const Counts = ({ echeance: { comptes, pass, valeurFacialeCentimes } }: { echeance: Echeance }) => (
  <Card titre="Comptes d’aujourd’hui">
    <KeyFigures
      items={[
        { titre: 'Carnets émis', valeur: formatNumber(comptes.emis) },
        { titre: 'Remis', valeur: formatNumber(comptes.remis) },
        { titre: 'Jamais remis', valeur: formatNumber(comptes.jamaisRemis) },
        { titre: 'Entamés', valeur: formatNumber(comptes.entames) },
      ]}
    />
    <DefinitionList
      items={[
        { terme: 'Pass utilisés', valeur: formatNumber(pass.passUtilises) },
        {
          terme: 'Pass actifs jamais utilisés',
          valeur: (
            <>
              {formatNumber(pass.passExpires)}, soit <Euros centimes={pass.passExpires * valeurFacialeCentimes} />
            </>
          ),
        },
        ...(pass.passAnnules > 0 ? [{ terme: 'Pass annulés', valeur: formatNumber(pass.passAnnules) }] : []),
      ]}
    />
  </Card>
)

const ReleveCard = ({ echeance: { releve, lotId, commande } }: { echeance: Echeance }) =>
  releve && (
    <Card titre="Relevé commun">
      <p>
        Établi le {formatDay(releve.jour)}, version {releve.version}&nbsp;: {plural(releve.comptes.emis, 'carnet émis', 'carnets émis')}, à
        rendre <Euros centimes={releve.montantCentimes} />.
      </p>
      <p>
        <FileLink
          href={fileUrl(echeanceRoutes.drawReleve, { params: { lotId } })}
          nom={`Relevé commun, commande ${commande.reference}`}
          type="PDF"
        />
      </p>
    </Card>
  )

const AvoirCard = ({ echeance: { avoir, lotId, statut } }: { echeance: Echeance }) => {
  if (!avoir)
    return statut === 'close' ? (
      <Card titre="Avoir">
        <p>Aucun avoir&nbsp;: ce lot n’avait plus de pass actif à rendre.</p>
      </Card>
    ) : null
  return (
    <Card titre={`Avoir ${avoir.numero}`}>
      <DefinitionList
        items={[
          { terme: 'Établi le', valeur: <Jour date={avoir.dateEmission} /> },
          { terme: 'Pass expirés', valeur: formatNumber(avoir.passExpires) },
          ...(avoir.passAnnules > 0 ? [{ terme: 'Pass annulés', valeur: formatNumber(avoir.passAnnules) }] : []),
          { terme: 'Total', valeur: <Euros centimes={avoir.montantCentimes} /> },
          ...avoir.parts.map(({ nom, cleBp, montantCentimes }) => ({
            terme: `${nom} (${percent(cleBp)})`,
            valeur: <Euros centimes={montantCentimes} />,
          })),
        ]}
      />
      <p>
        <FileLink href={fileUrl(echeanceRoutes.drawAvoirLot, { params: { lotId } })} nom={`Avoir ${avoir.numero}`} type="PDF" />
      </p>
    </Card>
  )
}

const LotCard = ({ echeance, commande, convention }: Omit<Props, 'fil'>) => (
  <Card titre="Lot">
    <DefinitionList
      items={[
        { terme: 'Commande', valeur: commande },
        { terme: 'Convention', valeur: convention },
        { terme: 'Carnets', valeur: <Plage premiere={echeance.seriePremiere} derniere={echeance.serieDerniere} /> },
        { terme: 'Valables jusqu’au', valeur: <Jour date={echeance.dateFin} /> },
        { terme: 'Valeur d’un pass', valeur: euros(echeance.valeurFacialeCentimes) },
        { terme: 'Clôture possible dès le', valeur: <Jour date={echeance.jourCloture} /> },
      ]}
    />
  </Card>
)

/** The end of a lot: what to do now, its calendar, its counts, the statement and the avoir. */
export const EcheanceSheet = ({ echeance: first, fil, commande, convention }: Props) => {
  const [done, setDone] = useState<string | null>(null)
  const echeance = useFresh(first)
  return (
    <Page
      titre={`Échéance du ${formatDay(echeance.dateFin)}`}
      fil={fil}
      intro={`${plural(echeance.carnets, 'carnet')} de la commande ${echeance.commande.reference}, ${echeance.collectivite.nom}`}
      badge={<EcheanceBadge statut={echeance.statut} />}
    >
      {done && (
        <Notice tone="bien" live="status">
          {done}
        </Notice>
      )}
      <Sheet
        agir={
          <>
            <NextAct echeance={echeance} onDone={setDone} />
            <AvoirCard echeance={echeance} />
            <ReleveCard echeance={echeance} />
          </>
        }
        corps={
          <>
            <Counts echeance={echeance} />
            <Card titre="Calendrier">
              <EcheanceCalendar echeance={echeance} />
            </Card>
            <DerogationsCard key={echeance.derogations.length} echeance={echeance} onDone={setDone} />
          </>
        }
        suite={<LotCard echeance={echeance} commande={commande} convention={convention} />}
      />
    </Page>
  )
}

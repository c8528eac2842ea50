import { type Echeance, echeanceRoutes } from '@pass/contracts/echeances.ts'
import { formatDay } from '@pass/domain/days.ts'
import { euros, formatNumber, percent, plural } from '@pass/domain/money.ts'
import { useState } from 'react'
import { Link } from 'react-router'
import { fileUrl, useFollowed } from '../../api.ts'
import { Card } from '../../ui/card.tsx'
import { DefinitionList } from '../../ui/definition-list.tsx'
import { FileLink } from '../../ui/file-link.tsx'
import { KeyFigures } from '../../ui/key-figures.tsx'
import { Page } from '../../ui/page.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { Euros, Jour } from '../../ui/values.tsx'
import { Plage } from '../carnets/plage.tsx'
import { ComplementsCard } from './complements-card.tsx'
import { DerogationsCard } from './derogations-card.tsx'
import { EcheanceBadge } from './echeance-badge.tsx'
import { EcheanceCalendar } from './echeance-calendar.tsx'
import { NextAct } from './next-act.tsx'

type Props = {
  echeance: Echeance
  paths: {
    accueil: () => string
    echeances: () => string
    commande: (of: { commandeId: string }) => string
    convention: (of: { conventionId: string }) => string
  }
}

/** A large lot closes part by part. */
const isClosing = ({ statut }: Echeance): boolean => statut === 'cloture'

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

const LotCard = ({ echeance: { commande, convention, ...echeance }, paths }: Props) => (
  <Card titre="Lot">
    <DefinitionList
      items={[
        { terme: 'Commande', valeur: <Link to={paths.commande({ commandeId: commande.id })}>{commande.reference}</Link> },
        { terme: 'Convention', valeur: <Link to={paths.convention({ conventionId: convention.id })}>{convention.nom}</Link> },
        { terme: 'Carnets', valeur: <Plage premiere={echeance.seriePremiere} derniere={echeance.serieDerniere} /> },
        { terme: 'Valables jusqu’au', valeur: <Jour date={echeance.dateFin} /> },
        { terme: 'Valeur d’un pass', valeur: euros(echeance.valeurFacialeCentimes) },
        { terme: 'Clôture possible dès le', valeur: <Jour date={echeance.jourCloture} /> },
      ]}
    />
  </Card>
)

/** The end of a lot: what to do now, its calendar, its counts, the statement and the avoir. */
export const EcheanceSheet = ({ echeance: loaded, paths }: Props) => {
  const [done, setDone] = useState<string | null>(null)
  const echeance = useFollowed(echeanceRoutes.getEcheance, { params: { lotId: loaded.lotId } }, { loaded, isBusy: isClosing })
  return (
    <Page
      titre={`Échéance du ${formatDay(echeance.dateFin)}`}
      fil={[
        { to: paths.accueil(), label: 'Accueil' },
        { to: paths.echeances(), label: 'Échéances' },
      ]}
      intro={`${plural(echeance.carnets, 'carnet')} de la commande ${echeance.commande.reference}, ${echeance.collectivite.nom}`}
      badge={<EcheanceBadge statut={echeance.statut} />}
      fait={done}
    >
      <Sheet
        agir={
          <>
            <NextAct echeance={echeance} onDone={setDone} />
            <AvoirCard echeance={echeance} />
            <ComplementsCard echeance={echeance} />
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
        suite={<LotCard echeance={echeance} paths={paths} />}
      />
    </Page>
  )
}

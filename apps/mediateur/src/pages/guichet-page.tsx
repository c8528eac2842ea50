import type { Paquet } from '@pass/contracts/guichet.ts'
import { formatLongDay, formatTime, localDay } from '@pass/domain/days.ts'
import { THEME_LABELS } from '@pass/domain/lieux.ts'
import { plural } from '@pass/domain/money.ts'
import { LinkButton } from '@pass/web/ui/button.tsx'
import { Card, Columns, Stack } from '@pass/web/ui/card.tsx'
import { EmptyState } from '@pass/web/ui/empty-state.tsx'
import { LoadingState } from '@pass/web/ui/loading-state.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { CalendarPlus, CopyX, Hourglass, Smartphone } from 'lucide-react'
import { Link } from 'react-router'
import { LimitNotices } from '../guichet/limit-notices.tsx'
import { passOf, waiting } from '../offline/acts.ts'
import { loadKept } from '../offline/engine.ts'
import { guichetTime, useGuichet } from '../offline/state.ts'
import { paths } from '../paths.ts'

type AtelierPaquet = Paquet['ateliers'][number]

export const loader = async () => {
  await loadKept()
  return null
}

const Row = ({ atelier }: { atelier: AtelierPaquet }) => {
  const { actes } = useGuichet()
  const held = passOf(waiting(actes).filter(({ atelierId }) => atelierId === atelier.id))
  return (
    <li className="carte cliquable atelier-carte">
      <p className="atelier-heure">
        <strong>{formatTime(atelier.debut)}</strong>
      </p>
      <div>
        <h3>
          <Link className="lien-rang" to={paths.guichetDe({ atelierId: atelier.id })}>
            {THEME_LABELS[atelier.theme]}
          </Link>
        </h3>
        <p className="petit doux">{atelier.lieu.nom}</p>
        <p className="petit">
          {atelier.placesPrises} sur {plural(atelier.capacite, 'place prise', 'places prises')}
          {held > 0 && `, ${plural(held, 'pass', 'pass')} en attente de réseau`}.
        </p>
      </div>
    </li>
  )
}

const daysOf = (ateliers: readonly AtelierPaquet[]): [string, AtelierPaquet[]][] => {
  const days = Map.groupBy(
    ateliers.toSorted((a, b) => `${a.date} ${a.debut}`.localeCompare(`${b.date} ${b.debut}`)),
    ({ date }) => date,
  )
  return [...days]
}

const isToday = ({ date, lieu }: AtelierPaquet): boolean => date === localDay(guichetTime(), lieu.fuseau)

const Ateliers = ({ ateliers }: { ateliers: readonly AtelierPaquet[] }) => {
  if (ateliers.length === 0)
    return (
      <div className="carte">
        <EmptyState
          titre="Aucun atelier aujourd’hui ni ces deux prochains jours"
          action={
            <LinkButton to={paths.nouvelAtelier()} icon={CalendarPlus}>
              Nouvel atelier
            </LinkButton>
          }
        >
          Pour un atelier des jours passés, ouvrez-le depuis la liste des ateliers.
        </EmptyState>
      </div>
    )
  return daysOf(ateliers).map(([date, ofDay]) => (
    <section key={date} className="pile" aria-labelledby={`jour-${date}`}>
      <h2 id={`jour-${date}`}>{ofDay.some(isToday) ? 'Aujourd’hui' : formatLongDay(date)}</h2>
      <ul className="pile">
        {ofDay.map((atelier) => (
          <Row key={atelier.id} atelier={atelier} />
        ))}
      </ul>
    </section>
  ))
}

const NotReady = () => {
  const { demande, enLigne } = useGuichet()
  if (!demande && enLigne) return <LoadingState />
  return (
    <div className="carte">
      <EmptyState
        titre="Le guichet n’est pas encore prêt sur cet appareil"
        action={<LinkButton to={paths.ateliers()}>Voir les ateliers</LinkButton>}
      >
        Ouvrez cette page une fois avec du réseau&nbsp;: elle marchera ensuite sans réseau pendant trois jours.
      </EmptyState>
    </div>
  )
}

const Shortcuts = () => {
  const { actes } = useGuichet()
  const held = passOf(waiting(actes))
  return (
    <Card titre="Suivre">
      <ul className="raccourcis">
        <li>
          <Link to={paths.attente()}>
            <Hourglass aria-hidden="true" />
            Actes en attente{held > 0 && ` (${plural(held, 'pass', 'pass')})`}
          </Link>
        </li>
        <li>
          <Link to={paths.conflits()}>
            <CopyX aria-hidden="true" />
            Pass présentés deux fois
          </Link>
        </li>
        <li>
          <Link to={paths.appareils()}>
            <Smartphone aria-hidden="true" />
            Appareils du guichet
          </Link>
        </li>
      </ul>
    </Card>
  )
}

export const Component = () => {
  const { paquet } = useGuichet()
  return (
    <Page titre="Guichet" intro="Choisissez l’atelier, puis scannez les pass.">
      <Columns>
        <Stack>
          <LimitNotices />
          {paquet ? <Ateliers ateliers={paquet.ateliers} /> : <NotReady />}
        </Stack>
        <Shortcuts />
      </Columns>
    </Page>
  )
}

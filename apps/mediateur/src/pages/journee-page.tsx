import type { AtelierSummary } from '@pass/contracts/ateliers.ts'
import { addDays, formatLongDay, formatTime } from '@pass/domain/days.ts'
import { THEME_LABELS } from '@pass/domain/lieux.ts'
import { apiQuery, useWarmed, warm } from '@pass/web/api.ts'
import { LinkButton } from '@pass/web/ui/button.tsx'
import { Card, Columns, Stack } from '@pass/web/ui/card.tsx'
import { EmptyState } from '@pass/web/ui/empty-state.tsx'
import { Page } from '@pass/web/ui/page.tsx'
import { TodoList } from '@pass/web/ui/todo.tsx'
import { Plus } from 'lucide-react'
import { Link } from 'react-router'
import { rangeQuery } from '../ateliers/range.ts'
import { dayHere, getAccueil, getMonDu, needPlaces } from '../calls.ts'
import { paths } from '../paths.ts'
import { AtelierCard } from '../widgets/atelier-card.tsx'
import { MoneyCard } from '../widgets/money-card.tsx'

/** How far « La suite » looks. */
const JOURS_SUIVANTS = 7
const SUITE_MAX = 4

export const loader = async () => {
  await needPlaces()
  return warm({
    accueil: apiQuery(getAccueil, {}),
    ateliers: rangeQuery(dayHere(), addDays(dayHere(), JOURS_SUIVANTS)),
    du: apiQuery(getMonDu, {}),
  })
}

/** What the API calls the page of the transfers. */
const API_VIREMENTS = '/remboursements'

const New = () => (
  <LinkButton to={paths.nouvelAtelier()} icon={Plus}>
    Nouvel atelier
  </LinkButton>
)

/** The ateliers of the week to come, so that tomorrow is no surprise. */
const Next = ({ ateliers }: { ateliers: readonly AtelierSummary[] }) => (
  <Card titre="Les jours suivants">
    {ateliers.length === 0 ? (
      <p className="doux">Aucun atelier dans les {JOURS_SUIVANTS} jours.</p>
    ) : (
      <ul className="suite">
        {ateliers.slice(0, SUITE_MAX).map(({ id, date, debut, theme, placesPrises, capacite }) => (
          <li key={id}>
            <Link to={paths.atelier({ atelierId: id })}>
              {formatLongDay(date)}, {formatTime(debut)}
            </Link>
            <span className="petit">
              {THEME_LABELS[theme]}, {placesPrises} sur {capacite}
            </span>
          </li>
        ))}
      </ul>
    )}
    <p>
      <Link to={paths.ateliers()}>Voir le calendrier</Link>
    </p>
  </Card>
)

export const Component = () => {
  const { accueil, ateliers, du } = useWarmed<typeof loader>()
  const items = ateliers.filter(({ date }) => date === dayHere())
  const next = ateliers.filter(({ date, statut }) => date > dayHere() && statut !== 'annule')
  // what this very page already shows is not announced again
  const shown = [API_VIREMENTS, paths.ateliers(), ...items.map(({ id }) => paths.atelier({ atelierId: id }))]
  const aFaire = accueil.aFaire.filter(({ lien }) => !shown.includes(lien))
  return (
    <Page titre="Ma journée" intro={formatLongDay(dayHere())} actions={<New />}>
      <Columns>
        <Stack>
          <h2>Ateliers du jour</h2>
          {items.length === 0 ? (
            <div className="carte">
              <EmptyState titre="Aucun atelier aujourd’hui" action={<New />}>
                Vos ateliers du jour paraissent ici.
              </EmptyState>
            </div>
          ) : (
            <ul className="pile">
              {items.map((atelier) => (
                <AtelierCard key={atelier.id} atelier={atelier} />
              ))}
            </ul>
          )}
        </Stack>
        <Stack>
          <Next ateliers={next} />
          <MoneyCard du={du}>
            <p>
              <Link to={paths.virements()}>Voir les virements</Link>
            </p>
          </MoneyCard>
          {aFaire.length > 0 && (
            <TodoList
              items={aFaire.map(({ nombre, titre, texte, lien, action }) => ({ nombre, titre, texte, to: lien, lien: action }))}
              rien={null}
            />
          )}
        </Stack>
      </Columns>
    </Page>
  )
}

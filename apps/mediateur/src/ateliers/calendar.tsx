import type { AtelierSummary } from '@pass/contracts/ateliers.ts'
import { formatLongDay, formatMonth, formatTime, monthOf } from '@pass/domain/days.ts'
import { type ThemeCode, THEME_LABELS } from '@pass/domain/lieux.ts'
import { plural } from '@pass/domain/money.ts'
import { EmptyState } from '@pass/web/ui/empty-state.tsx'
import { ChevronLeft, ChevronRight, Plus } from 'lucide-react'
import { Link, useSearchParams } from 'react-router'
import { dayHere } from '../calls.ts'
import { paths } from '../paths.ts'
import { AtelierBadge } from '../widgets/atelier-badge.tsx'
import { withView } from './calendar-address.ts'
import { mondayOf, otherPeriod, type Periode, shownDays, type Vue, VUE_LABELS, VUES } from './calendar-days.ts'

/** The words of a theme where there is room for two. */
const SHORT: Record<ThemeCode, string> = {
  demarches_administratives: 'Démarches',
  outils_quotidien: 'Outils du quotidien',
  insertion_professionnelle: 'Emploi',
  utilisation_securisee: 'Sécurité',
  parentalite_education: 'Parentalité',
  loisirs_creations: 'Loisirs',
  comprehension_monde: 'Comprendre',
  acces_materiel: 'Accès internet',
  materiel_solidaire: 'Matériel solidaire',
}

/** Week, month or list. */
export const ViewLinks = ({ vue }: { vue: Vue }) => {
  const [search] = useSearchParams()
  return (
    <nav className="vues" aria-label="Affichage des ateliers">
      {VUES.map((one) => (
        <Link key={one} to={withView(search, { vue: one })} aria-current={one === vue ? 'page' : undefined} preventScrollReset>
          {VUE_LABELS[one]}
        </Link>
      ))}
    </nav>
  )
}

const titleOf = (periode: Periode, jour: string): string =>
  periode === 'semaine' ? `Semaine du ${formatLongDay(mondayOf(jour))}` : formatMonth(monthOf(jour))

const PERIOD_WORDS: Record<Periode, { avant: string; apres: string; ici: string }> = {
  semaine: { avant: 'Semaine précédente', apres: 'Semaine suivante', ici: 'Cette semaine' },
  mois: { avant: 'Mois précédent', apres: 'Mois suivant', ici: 'Ce mois-ci' },
}

const PeriodLinks = ({ periode, jour }: { periode: Periode; jour: string }) => {
  const [search] = useSearchParams()
  const words = PERIOD_WORDS[periode]
  const to = (day: string) => withView(search, { jour: day })
  return (
    <div className="periode">
      <h2 role="status">{titleOf(periode, jour)}</h2>
      <nav aria-label="Période">
        <Link className="bouton second" to={to(otherPeriod(periode, jour, -1))} aria-label={words.avant} preventScrollReset>
          <ChevronLeft aria-hidden="true" />
        </Link>
        <Link className="bouton second" to={to(dayHere())} preventScrollReset>
          {words.ici}
        </Link>
        <Link className="bouton second" to={to(otherPeriod(periode, jour, 1))} aria-label={words.apres} preventScrollReset>
          <ChevronRight aria-hidden="true" />
        </Link>
      </nav>
    </div>
  )
}

const Slot = ({ atelier, periode }: { atelier: AtelierSummary; periode: Periode }) => (
  <li>
    <Link className="creneau" to={paths.atelier({ atelierId: atelier.id })} data-statut={atelier.statut}>
      <strong>{formatTime(atelier.debut)}</strong> <span>{periode === 'mois' ? SHORT[atelier.theme] : THEME_LABELS[atelier.theme]}</span>{' '}
      <span className="petit doux">
        {atelier.placesPrises} sur {plural(atelier.capacite, 'place prise', 'places prises')}
        <span className="hors-ecran">, {atelier.lieu.nom}</span>
      </span>
      {atelier.statut === 'annule' || atelier.statut === 'complet' ? <AtelierBadge statut={atelier.statut} /> : null}
    </Link>
  </li>
)

const JOURS = ['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi', 'dimanche']

const withoutYear = (text: string): string => text.replace(/ \d{4}$/, '')

type DayProps = { date: string; periode: Periode; hors: boolean; ateliers: readonly AtelierSummary[] }

const Day = ({ date, periode, hors, ateliers }: DayProps) => {
  const today = dayHere()
  return (
    <li
      className="jour"
      data-vide={ateliers.length === 0 || undefined}
      data-hors={hors || undefined}
      data-ici={date === today || undefined}
    >
      <div className="jour-titre">
        <h3>
          <span className="jour-court" aria-hidden="true">
            {Number(date.slice(8))}
          </span>
          <span className="jour-long">{withoutYear(formatLongDay(date))}</span>
          {date === today && <span className="jour-ici"> Aujourd’hui</span>}
        </h3>
        {periode === 'semaine' && date >= today && (
          <Link
            className="jour-plus"
            to={paths.nouvelAtelier({ date })}
            aria-label={`Nouvel atelier le ${withoutYear(formatLongDay(date))}`}
          >
            <Plus aria-hidden="true" />
          </Link>
        )}
      </div>
      {ateliers.length > 0 && (
        <ul>
          {ateliers.map((atelier) => (
            <Slot key={atelier.id} atelier={atelier} periode={periode} />
          ))}
        </ul>
      )}
    </li>
  )
}

type Props = { periode: Periode; jour: string; ateliers: readonly AtelierSummary[]; filtre: boolean }

/** The ateliers of a week or of a month, day by day: seven columns on a desk, one day under the other on a phone. */
export const Calendar = ({ periode, jour, ateliers, filtre }: Props) => {
  const byDay = Map.groupBy(ateliers, ({ date }) => date)
  return (
    <div className="carte calendrier-carte">
      <PeriodLinks periode={periode} jour={jour} />
      {periode === 'mois' && (
        <div className="jours" aria-hidden="true">
          {JOURS.map((nom) => (
            <span key={nom}>{nom}</span>
          ))}
        </div>
      )}
      <ol className={`calendrier ${periode}`} data-vide={ateliers.length === 0 || undefined}>
        {shownDays(periode, jour).map((date) => (
          <Day
            key={date}
            date={date}
            periode={periode}
            hors={periode === 'mois' && monthOf(date) !== monthOf(jour)}
            ateliers={byDay.get(date) ?? []}
          />
        ))}
      </ol>
      <div role="status">
        {ateliers.length === 0 && (
          <EmptyState titre={periode === 'semaine' ? 'Aucun atelier cette semaine-là' : 'Aucun atelier ce mois-là'}>
            {filtre ? 'Effacez les filtres, ou changez de période.' : 'Créez un atelier, ou changez de période.'}
          </EmptyState>
        )}
      </div>
    </div>
  )
}

import type { Membre } from '@pass/contracts/equipe.ts'
import { MEMBRE_ETAT_LABELS } from '@pass/domain/membres.ts'
import { ROLE_LABELS, ROLE_SENTENCES } from '@pass/domain/organisations.ts'
import { territoireInWords } from '@pass/web/modules/conventions/territoires.ts'
import { Badge, statutBadge } from '@pass/web/ui/badge.tsx'
import type { Column } from '@pass/web/ui/data-table.tsx'
import { Instant, Jour } from '@pass/web/ui/values.tsx'
import { MembreActs } from './membre-acts.tsx'

const EtatBadge = statutBadge(MEMBRE_ETAT_LABELS, { en_cours: 'bien', a_venir: 'info', termine: 'neutre' })

const Who = ({ prenom, nom, courriel, moi }: Membre) => (
  <>
    <strong>
      {prenom} {nom}
      {moi && ' (vous)'}
    </strong>
    <span className="petit doux sous coupe">{courriel}</span>
  </>
)

const Can = ({ role, territoire }: Membre) => (
  <>
    {ROLE_LABELS[role]}
    <span className="petit doux sous">{ROLE_SENTENCES[role]}</span>
    {territoire.length > 0 && <span className="petit sous">{territoireInWords(territoire)}</span>}
  </>
)

const Period = ({ etat, dateDebut, dateFin, revueDue, revueLe }: Membre) => (
  <>
    <span className="badges">
      <EtatBadge statut={etat} />
      {etat === 'en_cours' && revueDue && <Badge tone="attente">À confirmer</Badge>}
    </span>
    <span className="petit doux sous">
      Depuis le <Jour date={dateDebut} />
      {dateFin && (
        <>
          , jusqu’au <Jour date={dateFin} />
        </>
      )}
    </span>
    {revueLe && (
      <span className="petit doux sous">
        Confirmé le <Jour date={revueLe} />
      </span>
    )}
  </>
)

const Entry = ({ secondFacteur, derniereConnexionAt }: Membre) => (
  <>
    {secondFacteur ? <Badge tone="bien">Second facteur</Badge> : <span className="petit">Sans second facteur</span>}
    <span className="petit doux sous">
      {derniereConnexionAt ? (
        <>
          Entrée le <Instant at={derniereConnexionAt} />
        </>
      ) : (
        'Jamais entrée'
      )}
    </span>
  </>
)

/** The team, one access a row. */
export const MEMBRE_COLUMNS: readonly Column<Membre>[] = [
  { cle: 'personne', titre: 'Personne', cell: (row) => <Who {...row} /> },
  { cle: 'role', titre: 'Ce qu’elle peut faire', cell: (row) => <Can {...row} /> },
  { cle: 'acces', titre: 'Accès', cell: (row) => <Period {...row} /> },
  { cle: 'entree', titre: 'Connexion', cell: (row) => <Entry {...row} /> },
  { cle: 'actes', titre: 'Agir', cell: (row) => <MembreActs membre={row} /> },
]

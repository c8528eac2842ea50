import { Check } from 'lucide-react'

/** Where one is in a form of several pages. `courante` counts from 0. */
export const Stepper = ({ etapes, courante }: { etapes: readonly string[]; courante: number }) => (
  <div className="parcours">
    <p>
      <strong>{`Étape ${courante + 1} sur ${etapes.length}\u00a0: ${etapes[courante] ?? ''}`}</strong>
      {etapes[courante + 1] && <span className="doux petit">{`Ensuite\u00a0: ${etapes[courante + 1]}`}</span>}
    </p>
    <ol aria-label="Étapes">
      {etapes.map((etape, rank) => (
        <li key={etape} aria-current={rank === courante ? 'step' : undefined} data-fait={rank < courante || undefined}>
          <span aria-hidden="true">{rank < courante ? <Check /> : rank + 1}</span>
          <span className="petit">{etape}</span>
          {rank < courante && <span className="hors-ecran">, fait</span>}
        </li>
      ))}
    </ol>
  </div>
)

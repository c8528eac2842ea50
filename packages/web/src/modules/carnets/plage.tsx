/** A range of serials: it may break between its two numbers, never inside one. */
export const Plage = ({ premiere, derniere }: { premiere: string; derniere: string }) => (
  <span className="code">
    <span className="insecable">{premiere}</span>
    {premiere !== derniere && (
      <>
        {' '}
        <span className="insecable">à {derniere}</span>
      </>
    )}
  </span>
)

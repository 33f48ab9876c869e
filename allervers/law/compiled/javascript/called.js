const BLOCK=64,T=new Uint8Array(BLOCK),F=Math.fround,A=Math.abs,B=Math.floor,C=Math.ceil,S=Math.sqrt,O=Math.trunc,
U=Math.imul,Y=Number.isNaN,Z=1/0,W=0/0,
X=(a,b)=>a>b||a!=a?a:b,N=(a,b)=>a<b||a!=a?a:b,
R=a=>{let t=A(a);return t>0&&t<4503599627370496?(t=t+4503599627370496-4503599627370496,a<0?-t:t):a},
I=a=>a>-2147483649&&a<2147483648?a|0:-2147483648,
L=a=>a>=-9223372036854775808&&a<9223372036854775808?O(a)+0:-9223372036854775808,
D=a=>a!=a?-9223372036854775808:a,K=(a,m)=>a<0?0:a>m?m:a,
P=a=>{const z=a+719468,e=B(z/146097),o=z-e*146097,y=B((o-B(o/1460)+B(o/36524)-B(o/146096))/365);
return(e*400+y)*12+B((5*(o-365*y-B(y/4)+B(y/100))+2)/153)-23638},
Q=a=>{const m=a+23638,y=B(m/12),e=B(y/400),o=y-e*400;
return e*146097+o*365+B(o/4)-B(o/100)+B((153*(m-y*12)+2)/5)-719468},
H=(a,b)=>Number(BigInt(a)&BigInt(b)),J=(a,b)=>Number(BigInt(a)|BigInt(b)),E=(a,b)=>Number(BigInt(a)^BigInt(b)),
G=(a,i)=>(A(a)>=9007199254740992&&(T[i]|=2),a),
ARRAYS={b1:Uint8Array,i1:Int8Array,u1:Uint8Array,i2:Int16Array,u2:Uint16Array,i4:Int32Array,u4:Uint32Array,
i8:Float64Array,f4:Float32Array,f8:Float64Array,M8:Float64Array,m8:Float64Array};
